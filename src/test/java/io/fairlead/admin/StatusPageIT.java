package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.RequestKey;
import io.fairlead.browser.Chromium;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;
import io.fairlead.stats.sample.ProcessRecorder;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a person sees on the status page, in headless Chromium. */
class StatusPageIT {
    @TempDir
    private static Path profile;

    private static ChromeDriver browser;

    private final Vertx vertx = Vertx.vertx();
    private final Context control = vertx.getOrCreateContext();
    private final ScriptedProgram program = new ScriptedProgram();
    private final Pool pool = program.addPool("app");
    private final ProcessRecorder process = new ProcessRecorder(() -> 0, () -> 0);
    private final StatusBoard board = new StatusBoard(
            program, new Stats(() -> 0), process, InstantSource.fixed(ScriptedProgram.START.plusSeconds(10)));
    private final AdminServer admin =
            new AdminServer(vertx, new AdminSettings(ListenAddress.parse("127.0.0.1:0"), new Secret("")), board);

    @BeforeAll
    static void openBrowser() {
        browser = Chromium.open(profile);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void open() {
        ScriptedProgram.bringUp(pool, 0);
        onControl(admin::start);
        // Published by hand in each test; this keeps the page from thinking that it hears nothing any more.
        vertx.setPeriodic(500, tick -> control.runOnContext(now -> board.publish()));
        browser.get("http://localhost:" + admin.address().port() + "/");
    }

    @AfterEach
    void stop() {
        onControl(admin::stop);
        process.close();
        await(vertx.close());
    }

    @Test
    void saysInWordsThatAllIsWell() {
        waitForSummary("All 2 members of 1 pool serve.");
        assertThat(browser.getTitle()).isEqualTo("Fairlead");
        assertThat(cell("app/127.0.0.1:9001", "state").getText()).startsWith("up");
        assertThat(cell("app/127.0.0.1:9001", "probe").getText()).startsWith("passed: 200 in 1.2 ms");
        assertThat(cell("app/blue", "probe").getText()).isEqualTo("not probed");
        assertThat(cell("app/blue", "weight").getText()).isEqualTo("2");
        assertThat(cell("app/blue", "p99").getText()).isEqualTo("–");
    }

    @Test
    void whenAMemberDiesItIsSeenAtOnceAndWhenItRecoversToo() {
        waitForSummary("All 2 members of 1 pool serve.");

        change(() -> ScriptedProgram.takeDown(pool, 0));
        waitForSummary("1 of 2 members of pool app is out: connection refused");
        assertThat(row("app/127.0.0.1:9001").getDomAttribute("data-state")).isEqualTo("down");
        assertThat(row("app/blue").getDomAttribute("data-state")).isEqualTo("up");
        assertThat(browser.getTitle()).isEqualTo("(1 problem) Fairlead");

        change(() -> ScriptedProgram.takeDown(pool, 1));
        waitForSummary("Pool app cannot serve: no member is left.");
        assertThat(browser.getTitle()).isEqualTo("(2 problems) Fairlead");

        change(() -> {
            ScriptedProgram.bringUp(pool, 0);
            ScriptedProgram.bringUp(pool, 1);
        });
        waitForSummary("All 2 members of 1 pool serve.");
        assertThat(browser.getTitle()).isEqualTo("Fairlead");
    }

    @Test
    void aPoolThatFailsOpenSaysSoAloudUntilItNoLongerDoes() {
        Pool shop = add(new PoolBuilder("shop").members(1, 1).minAvailable("50%"));
        waitForSummary("All 4 members of 2 pools serve.");
        assertThat(banner().getText()).isEmpty();

        change(() -> {
            ScriptedProgram.takeDown(shop, 0);
            ScriptedProgram.takeDown(shop, 1);
        });
        waitForSummary("Pool shop fails open: fewer than 50% of its members are up.");
        assertThat(banner().getText())
                .isEqualTo("Fail open: fewer than 50% of this pool's members are up, so all are used, healthy or not.");
        assertThat(banner().getAriaRole()).isEqualTo("alert");
        assertThat(about("shop")).contains("0 of 2 up");
        assertThat(cell("shop/a", "state").getText()).startsWith("down");
        assertThat(cell("shop/a", "weight").getText()).isEqualTo("1\nfail open");
        assertThat(browser.getTitle()).as("two members and the pool").isEqualTo("(3 problems) Fairlead");

        change(() -> ScriptedProgram.bringUp(shop, 1));
        waitForSummary("1 of 2 members of pool shop is out: connection refused");
        assertThat(banner().getText()).isEmpty();
        assertThat(banner().getSize().height).isZero();
        assertThat(cell("shop/a", "weight").getText()).isEqualTo("1 → 0");
    }

    @Test
    void theBackupTierIsNoTroubleAndShowsWhatItTakesAsTheFirstLosesAMember() {
        Pool shop = add(new PoolBuilder("shop").member(1, 0).member(1, 0).member(1, 1));
        waitForSummary("4 of 5 members of 2 pools serve; 1 is on standby.");
        assertThat(browser.findElement(By.id("verdict")).getDomAttribute("data-level"))
                .isEqualTo("well");
        assertThat(about("shop")).contains("2 of 3 serve · tier 1 on standby");
        assertThat(cell("shop/c", "state").getText()).startsWith("standby");
        assertThat(cell("shop/c", "weight").getText()).isEqualTo("1 → 0\ntier 1");

        change(() -> ScriptedProgram.takeDown(shop, 0));
        waitForSummary("1 of 3 members of pool shop is out: connection refused");
        assertThat(about("shop")).contains("2 of 3 serve · tier 1 takes 30%");
        assertThat(cell("shop/c", "state").getText()).startsWith("up");
        assertThat(cell("shop/c", "weight").getText()).isEqualTo("1 → 0.43\ntier 1");
        assertThat(cell("shop/c", "weight").getDomAttribute("title")).isEqualTo("Tier 1 takes 30% of the requests.");

        change(() -> ScriptedProgram.takeDown(shop, 2));
        waitForSummary("2 of 3 members of pool shop are out.");
        assertThat(about("shop")).contains("1 of 3 serve · tier 1 cannot serve");
    }

    @Test
    void aWeightThatIsNotTheConfiguredOneSaysWhy() {
        Pool shop = add(new PoolBuilder("shop").members(2, 1, 1).slowStart(Duration.ofSeconds(10)));
        waitForSummary("All 5 members of 2 pools serve.");
        assertThat(cell("shop/a", "weight").getText()).isEqualTo("2");

        change(() -> {
            ScriptedProgram.takeDown(shop, 0);
            ScriptedProgram.bringUp(shop, 0);
            shop.order(shop.members().get(1), AdminState.DRAIN);
        });
        waitForSummary("4 of 5 members of 2 pools serve; 1 is out by order.");
        assertThat(cell("shop/a", "weight").getText()).isEqualTo("2 → 0.2\nslow start");
        assertThat(cell("shop/a", "weight").getDomAttribute("title")).startsWith("Slow start: ");
        assertThat(cell("shop/b", "weight").getText()).isEqualTo("1 → 0\ndrained");
        assertThat(cell("shop/c", "weight").getText()).isEqualTo("1");
    }

    @Test
    void theQueueIsShownWhereThereIsOne() {
        Pool shop = add(new PoolBuilder("shop").members(1).maxConnections(1));
        waitUntil(() -> about("shop").contains("0 waiting of 1024"));
        assertThat(about("app")).doesNotContain("waiting");

        change(() -> {
            shop.tryLease(RequestKey.NONE, Set.of(), null);
            shop.queue(Set.of(), shop.members().get(0), lease -> {});
            shop.queue(Set.of(), null, lease -> {});
        });
        waitUntil(() -> about("shop").contains("2 waiting of 1024"));
        assertThat(cell("shop/a", "in_flight").getText()).isEqualTo("1\n1 waits");
    }

    @Test
    void whatHappensIsListedNewestFirstWithTheReason() {
        waitForSummary("All 2 members of 1 pool serve.");
        assertThat(events()).isEmpty();
        assertThat(browser.findElement(By.id("no-events")).isDisplayed()).isTrue();

        change(() -> ScriptedProgram.takeDown(pool, 0));
        waitUntil(() -> events().size() == 1);
        assertThat(events().get(0)).endsWith("app/127.0.0.1:9001\ndown\nconnection refused");
        assertThat(browser.findElement(By.id("no-events")).isDisplayed()).isFalse();

        change(() -> pool.order(pool.members().get(1), AdminState.DRAIN));
        waitUntil(() -> events().size() == 2);
        assertThat(events().get(0)).endsWith("app/blue\nset to drain\nordered by the operator");
        assertThat(events().get(1)).contains("connection refused");
    }

    @Test
    void onlyTheNewestEventsAreKeptOnThePage() {
        waitForSummary("All 2 members of 1 pool serve.");
        change(() -> {
            for (int i = 0; i < 70; i++) {
                pool.remark(pool.members().get(1), Source.PASSIVE, "remark " + i);
            }
        });
        waitUntil(() -> events().size() == 50);
        change(() -> pool.remark(pool.members().get(1), Source.PASSIVE, "one more"));
        waitUntil(() -> events().get(0).endsWith("one more"));
        assertThat(events()).hasSize(50).last().asString().endsWith("remark 21");
    }

    @Test
    void aMembersHistoryOpensFromItsRowByKeyFollowsWhatHappensAndCloses() {
        waitForSummary("All 2 members of 1 pool serve.");
        WebElement button = row("app/127.0.0.1:9001").findElement(By.tagName("button"));
        assertThat(button.getAccessibleName()).isEqualTo("History of app/127.0.0.1:9001");
        button.sendKeys(Keys.ENTER);
        waitUntil(() -> part("strip").getDomAttribute("aria-label") != null);
        assertThat(part("strip").getDomAttribute("aria-label"))
                .isEqualTo("The last probe, newest on the right: 1 passed, 0 failed");
        assertThat(part("state").getText()).isEqualTo("up for 10 s:");
        assertThat(part("check").isDisplayed()).as("nothing probes this pool").isFalse();
        assertThat(part("rules").getText()).contains("5 failed requests in a row eject it for 10 s");

        change(() -> ScriptedProgram.takeDown(pool, 0));
        waitUntil(() -> part("timeline").getText().contains("connection refused"));
        waitUntil(() -> part("strip").findElements(By.tagName("span")).size() == 2);
        assertThat(part("strip").findElements(By.tagName("span")))
                .extracting(bar -> bar.getDomAttribute("data-result"))
                .containsExactly("passed", "failed");
        List<Integer> heights = part("strip").findElements(By.tagName("span")).stream()
                .map(bar -> bar.getSize().height)
                .toList();
        assertThat(heights.get(1)).as("a failure has another shape").isGreaterThan(heights.get(0));
        assertThat(part("timeline").getText()).contains("down\nconnection refused", "probe failed");

        part("close").sendKeys(Keys.ESCAPE);
        waitUntil(() -> !browser.findElement(By.id("history")).isDisplayed());
    }

    @Test
    void aMemberCanBeCheckedAtOnceAndTheVerdictIsSaid() {
        Pool shop = add(new PoolBuilder("shop").members(1, 1).checked());
        program.checks = member -> {
            ScriptedProgram.takeDown(shop, 0);
            return Future.succeededFuture(shop.status().get(0).health());
        };
        waitUntil(() -> !browser.findElements(By.cssSelector("[data-member='shop/a'] button"))
                .isEmpty());
        row("shop/a").findElement(By.tagName("button")).click();
        waitUntil(() -> part("check").isDisplayed());
        part("check").click();
        waitUntil(() -> part("verdict").getText().startsWith("failed"));
        assertThat(part("verdict").getText())
                .isEqualTo("failed: connection refused. By the rules, it is down; 2 passes in a row bring it up.");
        waitUntil(() -> part("state").getText().startsWith("down"));

        program.checks = member -> Future.failedFuture(new IllegalStateException("its host name leads to no address"));
        part("check").click();
        waitUntil(() -> part("verdict").getText().equals("no probe was made: its host name leads to no address"));
        part("close").click();
        assertNoComplaint("409");
    }

    @Test
    void whatMembersSayIsTextAndNothingElse() {
        String attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        Pool shop = add(new PoolBuilder("shop").member("127.0.0.1:9003", "<b id=bold>b", 1, 0));
        waitForSummary("All 3 members of 2 pools serve.");
        change(() -> shop.observe(
                shop.members().get(0), new Health(HealthState.DOWN, ScriptedProgram.START, Source.ACTIVE, attack)));
        waitUntil(() -> !events().isEmpty());
        assertThat(events().get(0)).contains(attack, "<b id=bold>");
        browser.findElement(By.cssSelector("#events button")).click();
        waitUntil(() -> part("timeline").getText().contains(attack));
        assertThat(part("reason").getText()).isEqualTo(attack);
        assertThat(browser.findElements(
                        By.cssSelector("#bold, main script, dialog script, main section img, dialog img")))
                .isEmpty();
        assertThat(browser.getTitle()).doesNotContain("owned");
        assertNoComplaint();
    }

    private static List<String> events() {
        return browser.findElements(By.cssSelector("#events li")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static WebElement part(String name) {
        return browser.findElement(By.cssSelector("#history [data-part='" + name + "']"));
    }

    @Test
    void theBrowserFindsNothingToComplainOf() {
        waitForSummary("All 2 members of 1 pool serve.");
        row("app/blue").findElement(By.tagName("button")).click();
        waitUntil(() -> part("state").getText().startsWith("up"));
        assertNoComplaint();
    }

    /** Nothing about this page, but for answers that a test provoked. */
    private void assertNoComplaint(String... but) {
        assertThat(browser.manage().logs().get("browser").getAll())
                .extracting(LogEntry::getMessage)
                .filteredOn(message -> message.contains(":" + admin.address().port() + "/"))
                .filteredOn(message -> Arrays.stream(but).noneMatch(message::contains))
                .isEmpty();
    }

    @Test
    void saysThatTheConnectionIsLost() {
        waitForSummary("All 2 members of 1 pool serve.");
        assertThat(browser.findElement(By.id("connection")).getText()).isEqualTo("Live");

        onControl(admin::stop);

        waitUntil(() -> browser.findElement(By.id("connection")).getText().startsWith("Connection lost"));
        assertThat(browser.getTitle()).isEqualTo("(connection lost) Fairlead");
    }

    private Pool add(PoolBuilder builder) {
        return onControl(() -> {
            Pool added = program.add(builder);
            board.publish();
            return Future.succeededFuture(added);
        });
    }

    private void change(Runnable change) {
        onControl(() -> {
            change.run();
            board.publish();
            return Future.succeededFuture();
        });
    }

    private static void waitForSummary(String sentence) {
        waitUntil(() -> browser.findElement(By.id("summary")).getText().equals(sentence));
    }

    private static void waitUntil(Supplier<Boolean> condition) {
        new WebDriverWait(browser, Duration.ofSeconds(20)).until(any -> condition.get());
    }

    private static WebElement banner() {
        return browser.findElement(inPool("shop", "[role='alert']"));
    }

    private static String about(String pool) {
        return browser.findElement(inPool(pool, ".about")).getText();
    }

    private static By inPool(String pool, String selector) {
        return By.cssSelector("[data-pool='" + pool + "'] " + selector);
    }

    private static WebElement row(String member) {
        return browser.findElement(By.cssSelector("[data-member='" + member + "']"));
    }

    private static WebElement cell(String member, String name) {
        return row(member).findElement(By.cssSelector("[data-cell='" + name + "']"));
    }

    private <T> T onControl(Supplier<Future<T>> task) {
        Promise<T> done = Promise.promise();
        control.runOnContext(now -> task.get().onComplete(done));
        return await(done.future());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
