package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.browser.Chromium;
import io.fairlead.pool.Pool;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;
import io.fairlead.stats.ProcessRecorder;
import io.fairlead.stats.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
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
    void theBrowserFindsNothingToComplainOf() {
        waitForSummary("All 2 members of 1 pool serve.");
        assertThat(browser.manage().logs().get("browser").getAll())
                .extracting(LogEntry::getMessage)
                .filteredOn(message -> message.contains(":" + admin.address().port() + "/"))
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
