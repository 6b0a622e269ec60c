package io.fairlead.program;

import io.fairlead.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Takes the README's pictures of the status page from the demo: {@code Screenshots DIRECTORY MINUTES}. */
public final class Screenshots {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int DESK = 1500;

    private final ChromeDriver browser;
    private final Path directory;
    private final String page;

    private Screenshots(ChromeDriver browser, Path directory, String page) {
        this.browser = browser;
        this.directory = directory;
        this.page = page;
    }

    /** Lets the demo run for some minutes, so that there is a past to see, and takes them. */
    public static void main(String[] args) throws Exception {
        Path profile = Files.createTempDirectory("profile");
        ChromeDriver browser = Chromium.open(profile);
        try (Daemon demo = Daemon.quickFairlead("demo", "--port", "0", "--admin-port", "0")) {
            Serving serving = Serving.of(demo);
            new Screenshots(browser, Path.of(args[0]), serving.page()).takeAll(Long.parseLong(args[1]));
        } finally {
            browser.quit();
        }
    }

    private void takeAll(long minutes) throws Exception {
        browser.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        window(DESK, 900, "light");
        browser.get(page);
        Thread.sleep(Duration.ofMinutes(minutes).toMillis());
        awaitVerdict("trouble");
        awaitVerdict("well");
        // The third member is unwell for a while once a minute; these are of the time between.
        Thread.sleep(Duration.ofSeconds(20).toMillis());
        take("status-page-light");
        window(DESK, 900, "dark");
        take("status-page-dark");
        window(390, 844, "light");
        take("status-page-phone");
        window(DESK, 1340, "light");
        browser.executeScript("location.hash = 'member=app/app-2'");
        await(By.cssSelector("#member .uplot canvas"), 3);
        await(By.cssSelector("#member [data-part='peers'] tr"), 3);
        take("status-page-member");
        browser.executeScript("history.back()");
        window(DESK, 900, "light");
        awaitVerdict("trouble");
        take("status-page-failure");
    }

    private void window(int width, int height, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void awaitVerdict(String level) {
        await(By.cssSelector("#verdict[data-level='" + level + "']"), 1);
    }

    private void await(By what, int times) {
        new WebDriverWait(browser, PATIENCE)
                .until(any -> browser.findElements(what).size() >= times);
    }

    private void take(String name) throws IOException {
        // Two frames, so that what has just come is drawn.
        ((JavascriptExecutor) browser)
                .executeAsyncScript(
                        "const done = arguments[0]; setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 1500)");
        Path file = directory.resolve(name + ".png");
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
        System.out.println(file + ": " + Files.size(file) / 1024 + " KiB");
    }
}
