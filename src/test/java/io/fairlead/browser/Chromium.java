package io.fairlead.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;

/** Headless Chromium, as Debian packages it. */
public final class Chromium {
    /** A name that leads to this machine, and is none of loopback's. */
    public static final String OTHER_NAME = "fairlead.test";

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private Chromium() {}

    /**
     * Opens one that keeps the log of its console and of what it asks for. The test is skipped, with the reason, where there is
     * none.
     *
     * @param profile a directory of its own
     */
    public static ChromeDriver open(Path profile) {
        assumeTrue(BROWSER.canExecute(), "there is no " + BROWSER);
        assumeTrue(DRIVER.canExecute(), "there is no " + DRIVER);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--window-size=1500,1100",
                "--host-resolver-rules=MAP " + OTHER_NAME + " 127.0.0.1",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        return new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }

    /** What its console says since it was asked last. */
    public static List<String> complaints(ChromeDriver browser) {
        return browser.manage().logs().get("browser").getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses that it asked for over the network since this was asked last. */
    public static List<String> asked(ChromeDriver browser) {
        return browser.manage().logs().get("performance").getAll().stream()
                .map(entry -> new JsonObject(entry.getMessage()).getJsonObject("message"))
                .filter(event -> event.getString("method").equals("Network.requestWillBeSent"))
                .map(event ->
                        event.getJsonObject("params").getJsonObject("request").getString("url"))
                .filter(url -> !url.startsWith("chrome:") && !url.startsWith("data:"))
                .toList();
    }
}
