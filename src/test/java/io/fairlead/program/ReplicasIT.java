package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.browser.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Three nginx behind the packaged Fairlead: shares and failures under load from wrk, and what a person sees of them. */
class ReplicasIT {
    private static final long ENOUGH = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path profile;

    @SuppressWarnings("NullAway.Init")
    private Replicas replicas;

    @BeforeEach
    void start() throws Exception {
        replicas = new Replicas(directory);
    }

    @AfterEach
    void stop() throws Exception {
        if (replicas != null) {
            replicas.close();
        }
    }

    @Test
    void aHundredThousandRequestsAreSpreadEvenlyAndNoneFails() throws Exception {
        assumeTrue(Wrk.isInstalled(), "wrk is needed");
        long sent = 0;
        while (sent < ENOUGH) {
            try (Wrk wrk = Wrk.start(replicas.url(), 5)) {
                sent += wrk.requestsWithoutErrors();
            }
        }
        long atLeast = sent;
        replicas.awaitPool(
                "all requests counted",
                pool -> pool.getLong("requests_total") >= atLeast && Replicas.inFlight(pool) == 0);
        List<Long> shares = Replicas.members(replicas.pool())
                .map(member -> member.getLong("requests_total"))
                .sorted()
                .toList();
        assertThat(shares.get(2) - shares.get(0)).as("spread of %s", shares).isLessThanOrEqualTo(1);
    }

    @Test
    void noRequestFailsWhenAMemberIsKilledAndItComesBack() throws Exception {
        assumeTrue(Wrk.isInstalled(), "wrk is needed");
        Nginx victim = replicas.member(1);
        try (Wrk wrk = Wrk.start(replicas.url(), 12)) {
            replicas.awaitPool("traffic", pool -> pool.getLong("requests_total") > 1000);
            victim.kill();
            String out = awaitLine("member app/" + victim.address() + " is out");
            assertThat(out).contains("3 of 3 probes failed: connection refused", "2 of 3 members serve");
            replicas.awaitPool(
                    "shown as down",
                    pool -> Replicas.member(pool, victim).getString("health").equals("down"));
            assertThat(Replicas.member(replicas.pool(), victim).getString("reason"))
                    .isEqualTo("3 of 3 probes failed: connection refused");
            long before = Replicas.member(replicas.pool(), victim).getLong("requests_total");
            victim.restart();
            replicas.fairlead()
                    .awaitLine(line -> line.matches(".*member app/" + victim.address()
                            + " serves: (2 of 2 probes passed: .*|probes pass again; its ejection ended early .*)"));
            replicas.awaitPool(
                    "traffic at the member that came back",
                    pool -> Replicas.member(pool, victim).getLong("requests_total") > before);
            assertThat(wrk.requestsWithoutErrors()).isPositive();
        }
    }

    @Test
    void aPersonSeesAMemberDieAndComeBack() throws Exception {
        ChromeDriver browser = Chromium.open(profile);
        try {
            Nginx victim = replicas.member(2);
            browser.get(replicas.page());
            awaitSummary(browser, "All 3 members of 1 pool serve.");
            assertThat(stateOf(browser, victim)).isEqualTo("up");
            victim.kill();
            awaitSummary(browser, "1 of 3 members of pool app is out: 3 of 3 probes failed: connection refused");
            assertThat(stateOf(browser, victim)).isEqualTo("down");
            assertThat(browser.getTitle()).contains("1 problem");
            victim.restart();
            awaitSummary(browser, "All 3 members of 1 pool serve.");
            assertThat(stateOf(browser, victim)).isEqualTo("up");
        } finally {
            browser.quit();
        }
    }

    private String awaitLine(String part) throws InterruptedException {
        return replicas.fairlead().awaitLine(line -> line.contains(part));
    }

    private static void awaitSummary(ChromeDriver browser, String text) {
        new WebDriverWait(browser, PATIENCE)
                .until(seen -> seen.findElement(By.id("summary")).getText().equals(text));
    }

    private static String stateOf(ChromeDriver browser, Nginx member) {
        String row = "[data-member='app/" + member.address() + "']";
        return String.valueOf(browser.findElement(By.cssSelector(row)).getDomAttribute("data-state"));
    }
}
