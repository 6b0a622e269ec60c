package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/** Filters, order and links of the status page, in headless Chromium. */
class FiltersIT extends InBrowser {
    private Pool shop;

    @BeforeEach
    void open() {
        shop = page.add(new PoolBuilder("shop").members(1, 3, 2));
        page.waitForSummary("All 5 members of 2 pools serve.");
    }

    @Test
    void aPoolAStateAndATextNarrowWhatIsShownAndStandInTheLink() {
        page.change(() -> ScriptedProgram.takeDown(shop, 1));
        page.waitForSummary("1 of 3 members of pool shop is out: connection refused");

        new Select(page.find("#filter-state")).selectByValue("down");
        page.waitUntil(() -> page.rows("shop").equals(List.of("shop/b")));
        assertThat(page.find("[data-pool='app']").isDisplayed()).isFalse();
        assertThat(page.text("#matches")).isEqualTo("1 of 5 members");
        assertThat(page.fragment()).isEqualTo("#state=down");

        new Select(page.find("#filter-pool")).selectByValue("app");
        page.waitUntil(() -> page.find("#no-match").isDisplayed());
        assertThat(page.fragment()).isEqualTo("#pool=app&state=down");
        page.waitUntil(() -> page.events().isEmpty());

        page.find("#filter-clear").click();
        page.find("#filter-text").sendKeys("BLUE");
        page.waitUntil(() -> page.rows("app").equals(List.of("app/blue")));
        assertThat(page.rows("shop")).isEmpty();
        page.waitUntil(() -> page.events().size() == 1);
        page.assertNoComplaint();
    }

    @Test
    void aLinkShowsWhatItWasCopiedFrom() {
        page.open("#pool=shop&q=shop/a&sort=weight");
        page.waitUntil(() -> page.rows("shop").equals(List.of("shop/a")));
        assertThat(page.find("#filter-pool").getDomProperty("value")).isEqualTo("shop");
        assertThat(page.find("#filter-text").getDomProperty("value")).isEqualTo("shop/a");
        assertThat(page.find("[data-pool='shop'] th[data-column='weight']").getDomAttribute("aria-sort"))
                .isEqualTo("descending");
    }

    @Test
    void columnsSortBothWaysAndThenNoMore() {
        assertThat(page.rows("shop")).containsExactly("shop/a", "shop/b", "shop/c");
        sort("weight");
        page.waitUntil(() -> page.rows("shop").equals(List.of("shop/b", "shop/c", "shop/a")));
        assertThat(page.fragment()).isEqualTo("#sort=weight");
        assertThat(direction("weight")).isEqualTo("descending");
        sort("weight");
        page.waitUntil(() -> page.rows("shop").equals(List.of("shop/a", "shop/c", "shop/b")));
        assertThat(direction("weight")).isEqualTo("ascending");
        sort("weight");
        page.waitUntil(() -> page.rows("shop").equals(List.of("shop/a", "shop/b", "shop/c")));
        assertThat(direction("weight")).isEqualTo("none");

        page.change(() -> ScriptedProgram.takeDown(shop, 2));
        sort("state");
        page.waitUntil(() -> page.rows("shop").get(0).equals("shop/c"));
        assertThat(direction("state")).as("the worst first").isEqualTo("ascending");
    }

    private void sort(String column) {
        page.find("[data-pool='shop'] th[data-column='" + column + "'] button").click();
    }

    private String direction(String column) {
        return String.valueOf(
                page.find("[data-pool='shop'] th[data-column='" + column + "']").getDomAttribute("aria-sort"));
    }

    @Test
    void nothingIsWiderThanAPhone() {
        Object width = page.run("return document.documentElement.clientWidth");
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        try {
            page.waitUntil(() ->
                    !page.run("return document.documentElement.clientWidth").equals(width));
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
            assertThat(page.cell("app/blue", "p99").isDisplayed()).isTrue();
            assertThat(page.all("main > .figures > div")).hasSize(8).allMatch(figure -> figure.getSize().width > 100);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }
}
