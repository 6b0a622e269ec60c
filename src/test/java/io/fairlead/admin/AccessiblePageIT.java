package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.Trial;
import io.fairlead.pool.PoolBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status page for everybody: axe-core finds nothing against it, neither contrast nor names nor roles. */
class AccessiblePageIT extends InBrowser {
    /** What it finds, as a list of texts. */
    private static final String RUN = """
            const done = arguments[0];
            axe.run().then(
                (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))),
                (problem) => done([String(problem)]));
            """;

    @BeforeEach
    void open() {
        page.add(new PoolBuilder("shop").members(1, 3, 2));
        page.add(new PoolBuilder("mail").members(1));
        page.change(() -> ScriptedProgram.takeDown(page.pool, 0));
        page.waitForSummary("1 of 2 members of pool app is out: connection refused");
    }

    @AfterEach
    void close() {
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    @Test
    void byDay() throws IOException {
        scheme("light");
        assertThat(violations()).isEmpty();
    }

    @Test
    void byNight() throws IOException {
        scheme("dark");
        assertThat(violations()).isEmpty();
    }

    @Test
    void onAPhone() throws IOException {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        assertThat(violations()).isEmpty();
    }

    @Test
    void inAMembersViewAndInAQuestion() throws IOException {
        page.open("#member=app/blue");
        page.waitUntil(() -> !page.part("rules").getText().isEmpty());
        assertThat(violations()).isEmpty();
        page.find("#member [data-order='weight']").click();
        page.waitUntil(() -> page.find("#order").isDisplayed());
        assertThat(violations()).isEmpty();
    }

    @Test
    void inTheQuestionsForTheWholeAndWithATrial() throws IOException {
        page.change(() -> page.program.control.onTrial = Optional.of(new Control.OnTrial(
                new Trial(Duration.ofSeconds(60), OptionalDouble.empty()), ScriptedProgram.START, 0)));
        page.waitUntil(() -> page.find("#trial").isDisplayed());
        assertThat(violations()).isEmpty();
        page.find("#reload-now").click();
        page.waitUntil(() -> page.find("#reload-question").isDisplayed());
        assertThat(violations()).isEmpty();
        page.find("#reload-question [data-part='cancel']").click();
        page.find("[data-pool='app'] header button").click();
        page.waitUntil(() -> page.find("#add").isDisplayed());
        assertThat(violations()).isEmpty();
    }

    private static void scheme(String name) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    @SuppressWarnings("unchecked") // what the script answers
    private static List<String> violations() throws IOException {
        try (InputStream axe = Objects.requireNonNull(AccessiblePageIT.class.getResourceAsStream("/axe.min.js"))) {
            browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) Objects.requireNonNull(browser.executeAsyncScript(RUN));
    }
}
