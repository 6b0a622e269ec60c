package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.browser.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What somebody who watches the status page sees of members that are processes, before the packaged Fairlead, under load. */
class WatchedPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PER_SECOND = 200;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            interval = "500ms"
            fast_interval = "200ms"
            down_interval = "500ms"
            """;

    @TempDir
    private Path directory;

    @TempDir
    private Path profile;

    private ChromeDriver browser;
    private Scene scene;
    private Load load;

    @BeforeEach
    void watch() throws Exception {
        browser = Chromium.open(profile);
        scene = new Scene(directory, 3, 2, POOL);
        load = scene.load(PER_SECOND, 0.5, n -> "/");
        browser.get(scene.front().page());
        awaitSummary("All 3 members of 1 pool serve.");
    }

    @AfterEach
    void close() throws Exception {
        if (load != null) {
            load.stop();
        }
        if (scene != null) {
            scene.close();
        }
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void aKilledMemberIsSeenToGoDownWithItsReasonAndToComeBack() throws Exception {
        MemberProcess victim = scene.member(1);
        assertThat(row(victim).getDomAttribute("data-state")).isEqualTo("up");

        victim.kill();
        await(() -> "down".equals(row(victim).getDomAttribute("data-state")));
        assertThat(cell(victim, "reason").getText()).contains("refused");
        assertThat(browser.findElement(By.id("summary")).getText()).startsWith("1 of 3 members of pool app is out: ");
        await(() -> browser.findElement(By.id("events")).getText().contains("app/" + victim.address() + "\ndown"));
        await(() -> browser.getTitle().equals("(1 problem) Fairlead"));

        victim.startAgain();
        await(() -> "up".equals(row(victim).getDomAttribute("data-state")));
        awaitSummary("All 3 members of 1 pool serve.");
        assertQuiet();
    }

    @Test
    void aMemberIsDrainedByAClickAndGetsNoMoreRequests() throws Exception {
        MemberProcess chosen = scene.member(0);
        row(chosen).findElement(By.cssSelector("button[aria-haspopup='menu']")).click();
        await(() -> browser.findElement(By.xpath("//*[@id='menu']/button[.='Drain']"))
                .isDisplayed());
        browser.findElement(By.xpath("//*[@id='menu']/button[.='Drain']")).click();
        await(() -> browser.findElement(By.cssSelector("#order h2"))
                .getText()
                .equals("Drain app/" + chosen.address() + "?"));
        browser.findElement(By.cssSelector("#order [data-part='confirm']")).click();

        awaitSummary("2 of 3 members of 1 pool serve; 1 is out by order.");
        assertThat(row(chosen).getDomAttribute("data-state")).isEqualTo("drain");
        await(() -> cell(chosen, "requests_per_second").getText().startsWith("0"));
        int before = chosen.requests();
        Scene.pause(1);
        assertThat(chosen.requests()).isEqualTo(before);
        assertQuiet();
    }

    @Test
    void anOpenedMemberShowsWhereItsLatenciesLie() {
        browser.findElement(By.linkText(scene.member(2).address())).click();
        await(() ->
                browser.findElements(By.cssSelector("#member .uplot canvas")).size() == 3);
        await(() -> browser.findElements(By.cssSelector("#member [data-part='peers'] tr"))
                        .size()
                == 3);
        assertThat(browser.findElement(By.cssSelector("#member [data-part='peers'] .chosen th"))
                        .getText())
                .isEqualTo(scene.member(2).address());
        await(() -> browser.findElement(By.cssSelector("#member [data-part='counted']"))
                .getText()
                .contains("passed"));
        assertQuiet();
    }

    @Test
    void anOpenedMembersHistogramsAreSavedAsAFile() throws Exception {
        browser.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", directory.toString()));
        browser.findElement(By.linkText(scene.member(0).address())).click();
        await(() -> browser.findElements(By.cssSelector("#member [data-part='peers'] tr"))
                        .size()
                == 3);
        browser.findElement(By.cssSelector("#member [data-part='download']")).click();
        Path file = directory.resolve("app-" + scene.member(0).address().replace(':', '_') + ".hlog");
        await(() -> Files.exists(file));
        assertThat(Files.readString(file)).startsWith("#[").contains("Interval_Max");
        assertQuiet();
    }

    /** The console is empty, and nobody but Fairlead was asked for anything. */
    private void assertQuiet() {
        assertThat(Chromium.complaints(browser)).isEmpty();
        assertThat(Chromium.asked(browser))
                .isNotEmpty()
                .allMatch(url -> url.startsWith(scene.front().page())
                        || url.startsWith("blob:" + scene.front().page()));
    }

    private void awaitSummary(String sentence) {
        await(() -> browser.findElement(By.id("summary")).getText().equals(sentence));
    }

    private void await(Supplier<Boolean> condition) {
        new WebDriverWait(browser, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(any -> condition.get());
    }

    private WebElement row(MemberProcess member) {
        return browser.findElement(By.cssSelector("tr[data-member='app/" + member.address() + "']"));
    }

    private WebElement cell(MemberProcess member, String name) {
        return row(member).findElement(By.cssSelector("[data-cell='" + name + "']"));
    }
}
