package io.fairlead.admin;

import io.fairlead.browser.Chromium;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/** Tests of the status page: a browser for the class, and for each test a page of a scripted program's own. */
abstract class InBrowser {
    @TempDir
    private static Path profile;

    static ChromeDriver browser;
    PageFixture page;

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
    void openPage() {
        page = new PageFixture(browser);
    }

    @AfterEach
    void closePage() {
        page.close();
    }
}
