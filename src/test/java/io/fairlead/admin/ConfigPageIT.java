package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Trial;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What can be done to the configuration, and to the members of a pool as a whole, on the status page in headless Chromium. */
class ConfigPageIT extends InBrowser {
    private ScriptedControl control;

    @BeforeEach
    void open() {
        control = page.program.control;
        page.waitForSummary("All 2 members of 1 pool serve.");
    }

    @Test
    void aReloadShowsItsPlanFirstAndIsMadeOnlyThen() {
        page.find("#reload-now").click();
        page.waitUntil(() -> page.find("#reload-question").isDisplayed());
        assertThat(page.text("#reload-title")).isEqualTo("Reload config.toml?");
        assertThat(part("what")).isEqualTo("3 changes:");
        assertThat(part("changes").lines())
                .containsExactly(
                        "+ pools.app.members.c = { address = \"127.0.0.1:9003\" }",
                        "− pools.app.members.b = { address = \"127.0.0.1:9002\" }",
                        "~ pools.app.members.a.weight: 1 → 5");
        assertThat(part("touched").lines())
                .containsExactly(
                        "Listener tls, 127.0.0.1:8443, is rebound; 1 connection there now.",
                        "Pool app: added c; removed b; changed a; 7 requests in flight may finish; 33% of the keys lead"
                                + " elsewhere.",
                        "Ordered, and stays so: app/a, drain.",
                        "Ordered, and ends: app/b, weight 3 instead of 1.",
                        "config.toml:7: warning: pools.app.health.timeout: longer than the interval between two probes");
        assertThat(control.asked).containsExactly("plan");

        page.find("#reload-question [data-part='confirm']").sendKeys(Keys.ENTER);
        page.waitUntil(() -> !page.find("#reload-question").isDisplayed());
        assertThat(control.asked).containsExactly("plan", "reload for good by the API, 127.0.0.1");
        page.assertNoComplaint();
    }

    private String part(String name) {
        return page.text("#reload-question [data-part='" + name + "']");
    }

    @Test
    void whatWasPlannedForAnotherConfigurationIsNotDone() {
        page.find("#reload-now").click();
        page.waitUntil(() -> page.find("#reload-question").isDisplayed());
        page.change(control::change);
        page.find("#reload-question [data-part='confirm']").click();
        page.waitUntil(() -> part("problem").startsWith("something was changed meanwhile"));
        assertThat(control.asked).containsExactly("plan");
        page.find("#reload-question [data-part='cancel']").click();
        page.assertNoComplaint("412");
    }

    @Test
    void aFileWithErrorsCannotBeTakenAndTheyAreTold() {
        control.refuse("config.toml:3: one", "config.toml:9: <b>another</b>");
        page.find("#reload-now").click();
        page.waitUntil(() -> page.find("#reload-question").isDisplayed());
        assertThat(part("problem").lines())
                .containsExactly(
                        "the configuration is refused, it has 2 errors",
                        "config.toml:3: one",
                        "config.toml:9: <b>another</b>");
        assertThat(page.find("#reload-question [data-part='confirm']").isDisplayed())
                .isFalse();
        page.assertNoComplaint("422");
    }

    @Test
    void aFileThatChangesNothingIsCalledSo() {
        control.plan = Future.succeededFuture(
                new Plan("config.toml", "abc", List.of(), List.of(), List.of(), List.of(), List.of()));
        page.find("#reload-now").click();
        page.waitUntil(() -> page.find("#reload-question").isDisplayed());
        assertThat(part("what")).isEqualTo("The file says what is in force already: nothing would change.");
    }

    @Test
    void aReloadCanBeOnTrial() {
        page.find("#reload-now").click();
        page.waitUntil(() -> page.find("#reload-question").isDisplayed());
        page.find("#reload-question [data-part='trial'] option[value='1m']").click();
        page.find("#reload-question [data-part='confirm']").click();
        page.waitUntil(() -> !page.find("#reload-question").isDisplayed());
        assertThat(control.asked)
                .last()
                .asString()
                .startsWith("reload Trial[confirmWithin=PT1M, errorsOver=OptionalDouble.empty]");
    }

    @Test
    void whatIsOnTrialIsConfirmedWithAClick() {
        assertThat(page.find("#trial").isDisplayed()).isFalse();
        onTrial();
        assertThat(page.text("#trial-text"))
                .matches(
                        "A new configuration is on trial\\. It goes back at .*, or at once if more than 2% of the requests"
                                + " fail \\(now 1%\\), unless you confirm it\\.");
        assertThat(page.all("#alerts li")).as("it is said once").isEmpty();
        page.find("#confirm-trial").click();
        page.waitUntil(() -> !page.find("#trial").isDisplayed());
        assertThat(control.asked).containsExactly("confirm by the API, 127.0.0.1");
        page.assertNoComplaint();
    }

    @Test
    void whatIsOnTrialGoesBackWithAClick() {
        onTrial();
        page.find("#end-trial").click();
        page.waitUntil(() -> !page.find("#trial").isDisplayed());
        assertThat(control.asked).containsExactly("roll back by the API, 127.0.0.1");
    }

    private void onTrial() {
        page.change(() -> control.onTrial = Optional.of(new Control.OnTrial(
                new Trial(Duration.ofSeconds(60), OptionalDouble.of(0.02)),
                ScriptedProgram.START.plusSeconds(60),
                0.01)));
        page.waitUntil(() -> page.find("#trial").isDisplayed());
    }

    @Test
    void aMemberIsAddedToAPool() {
        page.find("[data-pool='app'] header button").click();
        page.waitUntil(() -> page.find("#add").isDisplayed());
        assertThat(page.text("#add-title")).isEqualTo("Add a member to pool app");
        page.find("#add [data-part='address']").sendKeys("10.0.0.13", Keys.ENTER);
        page.waitUntil(() -> page.text("#add [data-part='problem']").startsWith("address: \"10.0.0.13\" (expected:"));
        page.find("#add [data-part='address']").sendKeys(":9001");
        page.find("#add [data-part='id']").sendKeys("green", Keys.ENTER);
        page.waitUntil(() -> !page.find("#add").isDisplayed());
        assertThat(control.asked)
                .containsExactly(
                        "add app/MemberSettings[address=10.0.0.13:9001, id=green, weight=1, tier=0, admin=READY]");
        page.assertNoComplaint("400");
    }

    @Test
    void aMemberIsRemovedAfterAQuestion() {
        page.act("app/blue", "Remove …");
        page.waitUntil(() -> page.find("#order").isDisplayed());
        assertThat(page.text("#order h2")).isEqualTo("Remove app/blue?");
        control.refusal = new IllegalStateException("blue is the last member of pool app");
        page.find("#order [data-part='confirm']").click();
        page.waitUntil(() -> page.text("#order [data-part='problem']").equals("blue is the last member of pool app"));
        control.refusal = null;
        page.find("#order [data-part='confirm']").click();
        page.waitUntil(() -> !page.find("#order").isDisplayed());
        assertThat(control.asked).containsExactly("remove app/blue", "remove app/blue");
        page.assertNoComplaint("409");
    }
}
