package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.browser.Chromium;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The status page of a scripted program, open in a browser, for one test; and what a person sees and does on it. */
final class PageFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ScriptedProgram program = new ScriptedProgram();
    final Pool pool = program.addPool("app");
    private final ChromeDriver browser;
    private final Vertx vertx = Vertx.vertx();
    private final Context control = vertx.getOrCreateContext();
    private final ProcessRecorder process = new ProcessRecorder(() -> 0, () -> 0);
    private final StatusBoard board = new StatusBoard(
            program, new Stats(() -> 0), process, InstantSource.fixed(ScriptedProgram.START.plusSeconds(10)));
    private final String token;
    private AdminServer admin;
    private final String origin;

    /** Opens the page of a window that is bound to loopback, and that loopback may change. */
    PageFixture(ChromeDriver browser) {
        this(browser, "127.0.0.1:0", "localhost", "");
    }

    /**
     * Opens the page.
     *
     * @param host by which the browser calls it
     * @param token that changes want from who is not on loopback
     */
    PageFixture(ChromeDriver browser, String address, String host, String token) {
        this.browser = browser;
        this.token = token;
        this.admin = new AdminServer(
                vertx, new AdminSettings(ListenAddress.parse(address), new Secret(token), false), board);
        ScriptedProgram.bringUp(pool, 0);
        onControl(admin::start);
        // Published by hand in each test; this keeps the page from thinking that it hears nothing any more.
        vertx.setPeriodic(500, tick -> control.runOnContext(now -> board.publish()));
        browser.get("about:blank"); // a page of before that is still open asks for more
        browser.manage().logs().get("browser");
        Chromium.asked(browser);
        origin = "http://" + host + ":" + admin.address().port() + "/";
        open("");
    }

    /** Opens the page, or goes elsewhere on it. */
    void open(String fragment) {
        browser.get(origin + fragment);
    }

    Pool add(PoolBuilder builder) {
        return onControl(() -> {
            Pool added = program.add(builder);
            board.publish();
            return Future.succeededFuture(added);
        });
    }

    void change(Runnable change) {
        onControl(() -> {
            change.run();
            board.publish();
            return Future.succeededFuture();
        });
    }

    void stopServing() {
        onControl(admin::stop);
    }

    void waitForSummary(String sentence) {
        waitUntil(() -> text("#summary").equals(sentence));
    }

    void waitUntil(Supplier<Boolean> condition) {
        new WebDriverWait(browser, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(any -> condition.get());
    }

    /** Serves again, at the same address. */
    void serveAgain() {
        admin = new AdminServer(vertx, new AdminSettings(admin.address(), new Secret(token), false), board);
        onControl(admin::start);
    }

    WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return find(selector).getText();
    }

    WebElement row(String member) {
        return find("tr[data-member='" + member + "']");
    }

    WebElement cell(String member, String name) {
        return row(member).findElement(By.cssSelector("[data-cell='" + name + "']"));
    }

    /** The members that a pool's table shows, in their order. */
    List<String> rows(String pool) {
        return all("[data-pool='" + pool + "'] tbody tr:not([hidden])").stream()
                .map(row -> String.valueOf(row.getDomAttribute("data-member")))
                .toList();
    }

    String about(String pool) {
        return text("[data-pool='" + pool + "'] .about");
    }

    List<String> events() {
        return all("#events li").stream().map(WebElement::getText).toList();
    }

    /** A part of the member's view. */
    WebElement part(String name) {
        return find("#member [data-part='" + name + "']");
    }

    /** What stands in the address after the page's own. */
    String fragment() {
        return String.valueOf(browser.getCurrentUrl()).substring(origin.length());
    }

    /** What a script answers. */
    Object run(String script) {
        return Objects.requireNonNull(browser.executeScript(script), script);
    }

    String title() {
        return String.valueOf(browser.getTitle());
    }

    /** Chooses something of the menu behind a member's button. */
    void act(String member, String order) {
        row(member).findElement(By.cssSelector("button[aria-haspopup]")).click();
        waitUntil(() -> all("#menu button").stream().anyMatch(WebElement::isDisplayed));
        all("#menu button").stream()
                .filter(entry -> entry.getText().equals(order))
                .findFirst()
                .orElseThrow()
                .click();
    }

    /** The browser complains of nothing, but for answers that a test provoked, and asked nobody else for anything. */
    void assertNoComplaint(String... but) {
        assertThat(Chromium.complaints(browser))
                .filteredOn(message -> message.contains(":" + admin.address().port() + "/"))
                .filteredOn(message -> Arrays.stream(but).noneMatch(message::contains))
                .isEmpty();
        assertThat(Chromium.asked(browser))
                .isNotEmpty()
                .allMatch(url -> url.startsWith(origin) || url.startsWith("blob:" + origin));
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

    @Override
    public void close() {
        browser.get("about:blank");
        onControl(admin::stop);
        process.close();
        await(vertx.close());
    }
}
