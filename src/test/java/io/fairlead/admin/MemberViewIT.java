package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.browser.Chromium;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A member opened on the status page, and what can be done to it there, in headless Chromium. */
class MemberViewIT extends InBrowser {
    private static final String FIRST = "app/127.0.0.1:9001";

    private Pool pool;

    @BeforeEach
    void open() {
        pool = page.pool;
    }

    @Test
    void opensFromItsRowByKeyFollowsWhatHappensAndCloses() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        page.row(FIRST).findElement(By.tagName("a")).sendKeys(Keys.ENTER);
        page.waitUntil(() -> page.part("counted").getText().startsWith("The last probe"));
        assertThat(page.part("counted").getText()).isEqualTo("The last probe: 1 passed, 0 failed");
        assertThat(page.fragment()).isEqualTo("#member=" + FIRST);
        assertThat(page.part("word").getText()).isEqualTo("up");
        assertThat(page.part("since").getText()).isEqualTo("for 10 s");
        assertThat(page.part("check").isDisplayed())
                .as("nothing probes this pool")
                .isFalse();
        assertThat(page.part("rules").getText()).contains("5 failed requests in a row eject it for 10 s");

        page.change(() -> ScriptedProgram.takeDown(pool, 0));
        page.waitUntil(() -> page.part("timeline").getText().contains("connection refused"));
        assertThat(page.part("counted").getText())
                .isEqualTo("The last 2 probes, newest on the right: 1 passed, 1 failed");
        assertThat(page.part("timeline").getText()).contains("down\nconnection refused", "probe failed");

        page.find("#member").sendKeys(Keys.ESCAPE);
        page.waitUntil(() -> !page.find("#member").isDisplayed());
        assertThat(page.fragment()).isEmpty();
    }

    @Test
    void aChangeIsStillToldWhenLaterProbesHavePushedItOutOfTheHistory() {
        page.change(() -> {
            ScriptedProgram.takeDown(pool, 0);
            for (int i = 0; i < 300; i++) {
                pool.history(pool.members().get(0))
                        .add(new ProbeReport(
                                new ProbeResult.Failed(ProbeResult.Reason.TIMEOUT, "no answer in 1 s"),
                                ScriptedProgram.START.plusSeconds(10 + i),
                                Duration.ofSeconds(1),
                                ScriptedProgram.START.plusSeconds(11 + i),
                                "3 of 3"));
            }
        });
        page.open("#member=" + FIRST);
        page.waitUntil(() -> page.part("timeline").getText().endsWith("down\nconnection refused"));
        assertThat(page.all("#member [data-part='timeline'] li")).hasSize(257);
    }

    @Test
    void aLinkToAMemberOpensIt() {
        page.open("#member=app/blue");
        page.waitUntil(() -> page.part("word").getText().equals("up"));
        assertThat(page.part("title").getText()).isEqualTo("app/blue");
        page.open("#member=app/unknown");
        page.waitUntil(() -> page.part("reason").getText().equals("There is no such member."));
        page.part("close").click();
        page.waitUntil(() -> !page.find("#member").isDisplayed());
        page.assertNoComplaint();
    }

    @Test
    void canBeCheckedAtOnceAndTheVerdictIsSaid() {
        Pool shop = page.add(new PoolBuilder("shop").members(1, 1).checked());
        page.program.checks = member -> {
            ScriptedProgram.takeDown(shop, 0);
            return Future.succeededFuture(shop.status().get(0).health());
        };
        page.open("#member=shop/a");
        page.waitUntil(() -> page.part("check").isDisplayed());
        page.part("check").click();
        page.waitUntil(() -> page.part("verdict").getText().startsWith("failed"));
        assertThat(page.part("verdict").getText())
                .isEqualTo("failed: connection refused. By the rules, it is down; 2 passes in a row bring it up.");
        page.waitUntil(() -> page.part("word").getText().equals("down"));

        page.program.checks =
                member -> Future.failedFuture(new IllegalStateException("its host name leads to no address"));
        page.part("check").click();
        page.waitUntil(
                () -> page.part("verdict").getText().equals("no probe was made: its host name leads to no address"));
        page.assertNoComplaint("409");
    }

    @Test
    void isDrainedAfterAQuestionAndMadeReadyAgain() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        page.act("app/blue", "Drain");
        page.waitUntil(() -> page.find("#order").isDisplayed());
        assertThat(page.text("#order h2")).isEqualTo("Drain app/blue?");
        assertThat(page.text("#order-what"))
                .isEqualTo("It gets no new requests, but for those of sessions that began here.");
        assertThat(page.text("#order [data-part='warning']")).isEmpty();
        page.find("#order [data-part='cancel']").click();
        assertThat(adminOf(1)).isEqualTo(AdminState.READY);

        page.act("app/blue", "Drain");
        page.waitUntil(() -> page.find("#order").isDisplayed());
        page.find("#order [data-part='confirm']").sendKeys(Keys.ENTER);
        page.waitForSummary("1 of 2 members of 1 pool serves; 1 is out by order.");
        assertThat(page.row("app/blue").getDomAttribute("data-state")).isEqualTo("drain");
        assertThat(adminOf(1)).isEqualTo(AdminState.DRAIN);
        assertThat(page.find("#order").isDisplayed()).isFalse();

        page.act(FIRST, "Maintenance");
        page.waitUntil(() -> page.find("#order").isDisplayed());
        assertThat(page.text("#order [data-part='warning']"))
                .isEqualTo("No other member of pool app can serve: its requests will be answered 503.");
        page.find("#order [data-part='cancel']").click();

        page.act("app/blue", "Make ready");
        page.waitUntil(() -> page.find("#order").isDisplayed());
        page.find("#order [data-part='confirm']").click();
        page.waitForSummary("All 2 members of 1 pool serve.");
        page.assertNoComplaint();
    }

    @Test
    void getsAnotherWeight() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        page.act("app/blue", "Weight …");
        page.waitUntil(() -> page.find("#order").isDisplayed());
        WebElement number = page.find("#order [data-part='number']");
        assertThat(number.getDomProperty("value")).isEqualTo("2");
        number.sendKeys(Keys.chord(Keys.CONTROL, "a"), "5", Keys.ENTER);
        page.waitUntil(() -> page.cell("app/blue", "weight").getText().startsWith("5"));
        page.assertNoComplaint();
    }

    @Test
    void aTokenIsAskedForOnlyWhenItIsWantedAndNeverKept() {
        try (PageFixture elsewhere = new PageFixture(browser, "0.0.0.0:0", Chromium.OTHER_NAME, "sesame")) {
            elsewhere.waitForSummary("All 2 members of 1 pool serve.");
            elsewhere.act("app/blue", "Drain");
            elsewhere.waitUntil(() -> elsewhere.find("#order").isDisplayed());
            elsewhere.find("#order [data-part='confirm']").click();
            elsewhere.waitUntil(() -> elsewhere.find("#token").isDisplayed());
            elsewhere.find("#token-text").sendKeys("wrong", Keys.ENTER);
            elsewhere.waitUntil(() -> elsewhere.text("#token-problem").equals("That is not the token."));
            assertThat(elsewhere.row("app/blue").getDomAttribute("data-state")).isEqualTo("up");
            elsewhere.find("#token-text").sendKeys("sesame", Keys.ENTER);
            elsewhere.waitForSummary("1 of 2 members of 1 pool serves; 1 is out by order.");

            elsewhere.act("app/blue", "Make ready");
            elsewhere.waitUntil(() -> elsewhere.find("#order").isDisplayed());
            elsewhere.find("#order [data-part='confirm']").click();
            elsewhere.waitForSummary("All 2 members of 1 pool serve.");
            assertThat(elsewhere.find("#token").isDisplayed())
                    .as("it is asked for once")
                    .isFalse();
            assertThat(
                            elsewhere.run(
                                    "return document.documentElement.outerHTML + document.getElementById('token-text').value"
                                            + " + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie + location"))
                    .asString()
                    .doesNotContain("sesame");
            elsewhere.assertNoComplaint("401");
        }
    }

    private AdminState adminOf(int index) {
        return pool.status().get(index).admin();
    }
}
