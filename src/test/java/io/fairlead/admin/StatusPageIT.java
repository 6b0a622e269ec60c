package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** What a person sees on the status page, in headless Chromium. */
class StatusPageIT extends InBrowser {
    private Pool pool;

    @BeforeEach
    void open() {
        pool = page.pool;
    }

    @Test
    void saysInWordsThatAllIsWell() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        assertThat(page.title()).isEqualTo("Fairlead");
        assertThat(page.cell("app/127.0.0.1:9001", "state").getText()).startsWith("up");
        assertThat(page.cell("app/127.0.0.1:9001", "probe").getText()).startsWith("200 in 1.2 ms");
        assertThat(page.cell("app/blue", "probe").getText()).isEqualTo("not probed");
        assertThat(page.cell("app/blue", "weight").getText()).isEqualTo("2");
        assertThat(page.cell("app/blue", "p99").getText()).isEqualTo("–");
        assertThat(page.text("#version")).isEqualTo("1.2.3");
        assertThat(page.text("#config")).isEqualTo("config.toml");
        assertThat(page.text("#hash")).isEqualTo("abc");
        assertThat(page.text("#reload")).startsWith("loaded ");
        assertThat(page.text("#listeners")).startsWith("web 127.0.0.1:8080");
        page.assertNoComplaint();
    }

    @Test
    void whenAMemberDiesItIsSeenAtOnceAndWhenItRecoversToo() {
        page.waitForSummary("All 2 members of 1 pool serve.");

        page.change(() -> ScriptedProgram.takeDown(pool, 0));
        page.waitForSummary("1 of 2 members of pool app is out: connection refused");
        assertThat(page.row("app/127.0.0.1:9001").getDomAttribute("data-state")).isEqualTo("down");
        assertThat(page.cell("app/127.0.0.1:9001", "reason").getText()).isEqualTo("connection refused");
        assertThat(page.row("app/blue").getDomAttribute("data-state")).isEqualTo("up");
        assertThat(page.title()).isEqualTo("(1 problem) Fairlead");

        page.change(() -> ScriptedProgram.takeDown(pool, 1));
        page.waitForSummary("Pool app cannot serve: no member is left.");
        assertThat(page.title()).isEqualTo("(2 problems) Fairlead");

        page.change(() -> {
            ScriptedProgram.bringUp(pool, 0);
            ScriptedProgram.bringUp(pool, 1);
        });
        page.waitForSummary("All 2 members of 1 pool serve.");
        assertThat(page.title()).isEqualTo("Fairlead");
    }

    @Test
    void aPoolThatFailsOpenSaysSoAloudUntilItNoLongerDoes() {
        Pool shop = page.add(new PoolBuilder("shop").members(1, 1).minAvailable("50%"));
        page.waitForSummary("All 4 members of 2 pools serve.");
        assertThat(banner()).isEmpty();

        page.change(() -> {
            ScriptedProgram.takeDown(shop, 0);
            ScriptedProgram.takeDown(shop, 1);
        });
        page.waitForSummary("Pool shop fails open: fewer than 50% of its members are up.");
        assertThat(page.find("#summary").getDomAttribute("aria-live")).isEqualTo("polite");
        assertThat(banner())
                .isEqualTo("Fail open: fewer than 50% of this pool's members are up, so all are used, healthy or not.");
        assertThat(page.about("shop")).contains("0 of 2 up");
        assertThat(page.cell("shop/a", "state").getText()).startsWith("down");
        assertThat(page.cell("shop/a", "weight").getText()).isEqualTo("1\nfail open");
        assertThat(page.title()).as("two members and the pool").isEqualTo("(3 problems) Fairlead");

        page.change(() -> ScriptedProgram.bringUp(shop, 1));
        page.waitForSummary("1 of 2 members of pool shop is out: connection refused");
        assertThat(banner()).isEmpty();
        assertThat(page.find("[data-pool='shop'] .alarm").getSize().height).isZero();
        assertThat(page.cell("shop/a", "weight").getText()).isEqualTo("1 → 0");
    }

    private String banner() {
        return page.text("[data-pool='shop'] .alarm");
    }

    @Test
    void theBackupTierIsNoTroubleAndShowsWhatItTakesAsTheFirstLosesAMember() {
        Pool shop = page.add(new PoolBuilder("shop").member(1, 0).member(1, 0).member(1, 1));
        page.waitForSummary("4 of 5 members of 2 pools serve; 1 is on standby.");
        assertThat(page.find("#verdict").getDomAttribute("data-level")).isEqualTo("well");
        assertThat(page.about("shop")).contains("2 of 3 serve · tier 1 on standby");
        assertThat(page.cell("shop/c", "state").getText()).startsWith("standby");
        assertThat(page.cell("shop/c", "weight").getText()).isEqualTo("1 → 0\ntier 1");

        page.change(() -> ScriptedProgram.takeDown(shop, 0));
        page.waitForSummary("1 of 3 members of pool shop is out: connection refused");
        assertThat(page.about("shop")).contains("2 of 3 serve · tier 1 takes 30%");
        assertThat(page.cell("shop/c", "state").getText()).startsWith("up");
        assertThat(page.cell("shop/c", "weight").getText()).isEqualTo("1 → 0.43\ntier 1");
        assertThat(page.cell("shop/c", "weight").getDomAttribute("title"))
                .isEqualTo("Tier 1 takes 30% of the requests.");

        page.change(() -> ScriptedProgram.takeDown(shop, 2));
        page.waitForSummary("2 of 3 members of pool shop are out.");
        assertThat(page.about("shop")).contains("1 of 3 serve · tier 1 cannot serve");
    }

    @Test
    void aWeightThatIsNotTheConfiguredOneSaysWhy() {
        Pool shop = page.add(new PoolBuilder("shop").members(2, 1, 1).slowStart(Duration.ofSeconds(10)));
        page.waitForSummary("All 5 members of 2 pools serve.");
        assertThat(page.cell("shop/a", "weight").getText()).isEqualTo("2");

        page.change(() -> {
            ScriptedProgram.takeDown(shop, 0);
            ScriptedProgram.bringUp(shop, 0);
            shop.order(shop.members().get(1), AdminState.DRAIN);
        });
        page.waitForSummary("4 of 5 members of 2 pools serve; 1 is out by order.");
        assertThat(page.cell("shop/a", "weight").getText()).isEqualTo("2 → 0.2\nslow start");
        assertThat(page.cell("shop/a", "weight").getDomAttribute("title")).startsWith("Slow start: ");
        assertThat(page.cell("shop/b", "weight").getText()).isEqualTo("1 → 0\ndrained");
        assertThat(page.cell("shop/c", "weight").getText()).isEqualTo("1");
    }

    @Test
    void theQueueIsShownWhereThereIsOne() {
        Pool shop = page.add(new PoolBuilder("shop").members(1).maxConnections(1));
        page.waitUntil(() -> page.about("shop").contains("0 waiting of 1024"));
        assertThat(page.about("app")).doesNotContain("waiting");

        page.change(() -> {
            shop.tryLease(RequestKey.NONE, Set.of(), null);
            shop.queue(Set.of(), shop.members().get(0), lease -> {});
            shop.queue(Set.of(), null, lease -> {});
        });
        page.waitUntil(() -> page.about("shop").contains("2 waiting of 1024"));
        assertThat(page.cell("shop/a", "in_flight").getText()).startsWith("1").endsWith("1 waits");
    }

    @Test
    void whatHappensIsListedNewestFirstWithTheReason() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        assertThat(page.events()).isEmpty();
        assertThat(page.find("#no-events").isDisplayed()).isTrue();

        page.change(() -> ScriptedProgram.takeDown(pool, 0));
        page.waitUntil(() -> page.events().size() == 1);
        assertThat(page.events().get(0)).endsWith("app/127.0.0.1:9001\ndown\nconnection refused");
        assertThat(page.find("#no-events").isDisplayed()).isFalse();

        page.change(() -> pool.order(pool.members().get(1), AdminState.DRAIN));
        page.waitUntil(() -> page.events().size() == 2);
        assertThat(page.events().get(0)).endsWith("app/blue\nset to drain\nordered by the operator");
        assertThat(page.events().get(1)).contains("connection refused");
    }

    @Test
    void onlyTheNewestEventsAreKeptOnThePage() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        page.change(() -> {
            for (int i = 0; i < 70; i++) {
                pool.remark(pool.members().get(1), Source.PASSIVE, "remark " + i);
            }
        });
        page.waitUntil(() -> page.events().size() == 50);
        page.change(() -> pool.remark(pool.members().get(1), Source.PASSIVE, "one more"));
        page.waitUntil(() -> page.events().get(0).endsWith("one more"));
        assertThat(page.events()).hasSize(50).last().asString().endsWith("remark 21");
    }

    @Test
    void whatMembersSayIsTextAndNothingElse() {
        String attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        String name = "<i id=italic>p";
        Pool shop = page.add(new PoolBuilder(name)
                .member("127.0.0.1:9003", "<b id=bold>b", 1, 0)
                .members(1));
        page.waitForSummary("All 4 members of 2 pools serve.");
        page.change(() -> shop.observe(
                shop.members().get(0), new Health(HealthState.DOWN, ScriptedProgram.START, Source.ACTIVE, attack)));
        page.waitUntil(() -> !page.events().isEmpty());
        assertThat(page.events().get(0)).contains(attack, "<b id=bold>", name);
        page.find("#events a").click();
        page.waitUntil(() -> page.part("timeline").getText().contains(attack));
        assertThat(page.part("title").getText()).isEqualTo(name + "/<b id=bold>b");
        assertThat(page.part("reason").getText()).isEqualTo(attack);
        page.waitUntil(() -> page.part("orders").getText().contains("Drain"));
        page.find("#member [data-order='drain']").click();
        page.waitUntil(() -> page.text("#order h2").equals("Drain " + name + "/<b id=bold>b?"));
        page.find("#order [data-part='cancel']").click();
        assertThat(page.all("#bold, #italic, main script, dialog script, main section img, dialog img"))
                .isEmpty();
        assertThat(page.title()).doesNotContain("owned");
        page.assertNoComplaint();
    }

    @Test
    void saysSinceWhenTheConnectionIsLostAndFindsItsWayBack() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        assertThat(page.text("#connection")).isEqualTo("Live");

        page.stopServing();

        page.waitUntil(() -> page.text("#connection").startsWith("Connection lost"));
        assertThat(page.text("#connection"))
                .matches("Connection lost since \\d\\d:\\d\\d:\\d\\d: what is shown is old. Trying again.");
        assertThat(page.title()).isEqualTo("(connection lost) Fairlead");

        page.serveAgain();
        page.waitUntil(() -> page.text("#connection").equals("Live"));
        page.change(() -> ScriptedProgram.takeDown(pool, 0));
        page.waitForSummary("1 of 2 members of pool app is out: connection refused");
    }

    @Test
    void anotherVersionBringsItsOwnPageAndTheViewStays() {
        page.open("#sort=weight");
        page.waitForSummary("All 2 members of 1 pool serve.");
        page.run("return window.mark = 'the page before'");
        page.change(() -> page.program.version = "1.2.4");
        page.waitUntil(() -> page.text("#version").equals("1.2.4"));
        assertThat(page.run("return window.mark === undefined")).isEqualTo(true);
        assertThat(page.fragment()).isEqualTo("#sort=weight");
    }

    @Test
    void aRefusedReloadAndWhatDriftedFromTheFileStandOnTop() {
        page.waitForSummary("All 2 members of 1 pool serve.");
        assertThat(page.all("#alerts li")).isEmpty();
        page.change(() -> {
            page.program.lastReload = Optional.of(
                    new LoadedConfig.Reload(ScriptedProgram.START, false, "config.toml:5: unknown key \"stratgy\""));
            pool.order(pool.members().get(1), 5);
        });
        page.waitForSummary("All 2 members of 1 pool serve. The last reload was refused.");
        assertThat(page.all("#alerts li"))
                .extracting(WebElement::getText)
                .satisfiesExactly(
                        refused -> assertThat(refused).contains("config.toml:5: unknown key \"stratgy\""),
                        drift -> assertThat(drift).contains("app/blue: weight 5 instead of 2"));
        assertThat(page.text("#reload")).startsWith("reload refused ");
        assertThat(page.cell("app/blue", "weight").getText()).isEqualTo("5\nfile: 2");
        assertThat(page.title()).isEqualTo("(1 problem) Fairlead");
    }
}
