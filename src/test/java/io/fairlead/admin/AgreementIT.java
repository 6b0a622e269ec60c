package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.browser.Chromium;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.stats.record.LoopStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * One member answers in 1 ms, and each hundredth time in 200 ms: whoever is asked for its latencies says so, within the precision of
 * the histograms, which is 1/128 and never too low.
 */
class AgreementIT {
    private static final String MEMBER = "/api/v1/pools/app/members/blue";
    private static final int PER_SECOND = 20;
    private static final int SECONDS = 50;
    private static final int ALL = PER_SECOND * SECONDS;
    private static final int SLOW = ALL / 100;

    @RegisterExtension
    final OperatorWindow window = new OperatorWindow();

    @BeforeEach
    void answer() {
        Member blue = window.program.addPool("app").members().get(1);
        List<LoopStats> loops = List.of(window.stats.newLoop(), window.stats.newLoop());
        int answered = 0;
        for (int second = 0; second < SECONDS; second++) {
            for (int i = 0; i < PER_SECOND; i++) {
                answered++;
                long millis = answered % 100 == 0 ? 200 : 1;
                LoopStats loop = loops.get(answered % loops.size());
                Lease lease = blue.lease(loop.member(blue));
                lease.sent(0);
                lease.answered(200, TimeUnit.MILLISECONDS.toNanos(millis));
                lease.close(Outcome.ANSWERED, TimeUnit.MILLISECONDS.toNanos(millis));
            }
            window.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void theStatusDocument() throws Exception {
        isTrue(window.get(MEMBER).json().getJsonObject("latency_ms"));
        isTrue(window.get(MEMBER).json().getJsonObject("first_byte_ms"));
        JsonObject pool =
                window.get("/api/v1/status").json().getJsonArray("pools").getJsonObject(0);
        isTrue(pool.getJsonObject("latency_ms"));
    }

    @Test
    void theLatenciesOfEachWindow() throws Exception {
        for (String last : List.of("1m", "10m", "1h", "24h")) {
            JsonObject seen = window.get(MEMBER + "/latency?window=" + last).json();
            isTrue(seen);
            assertThat(seen.getDouble("mean")).as(last).isCloseTo(1 + 1.99, within(3.0 / 128));
            JsonArray distribution = seen.getJsonArray("distribution");
            JsonArray end = distribution.getJsonArray(distribution.size() - 1);
            assertThat(end.getDouble(0)).isEqualTo(100);
            isMillis(end.getDouble(1), 200);
            assertThat(end.getLong(2)).isEqualTo(ALL);
        }
    }

    @Test
    void theHistory() throws Exception {
        JsonObject history = window.get(MEMBER + "/history?window=1h").json();
        assertThat(sum(history.getJsonArray("count"))).isEqualTo(ALL);
        JsonArray cells = history.getJsonObject("heat").getJsonArray("cells");
        long shown = 0;
        for (int i = 0; i < cells.size(); i++) {
            shown += cells.getJsonArray(i).getLong(2);
        }
        assertThat(shown).isEqualTo(ALL);
        JsonArray all = window.get("/api/v1/history?window=1h").json().getJsonArray("pools");
        JsonArray members = all.getJsonObject(0).getJsonArray("members");
        assertThat(members.getJsonObject(1).getString("id")).isEqualTo("blue");
        assertThat(sum(members.getJsonObject(1).getJsonArray("count"))).isEqualTo(ALL);
        assertThat(sum(members.getJsonObject(0).getJsonArray("count"))).isZero();
    }

    @Test
    void theExportedHistogram() throws Exception {
        String log = window.ask("GET", MEMBER + "/latency?window=1h", "accept", "text/plain")
                .body();
        Histogram sum = new Histogram(2);
        HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
        for (EncodableHistogram interval = reader.nextIntervalHistogram();
                interval != null;
                interval = reader.nextIntervalHistogram()) {
            sum.add((Histogram) interval);
        }
        assertThat(sum.getTotalCount()).isEqualTo(ALL);
        isMillis(sum.getValueAtPercentile(50) / 1000.0, 1);
        isMillis(sum.getValueAtPercentile(99) / 1000.0, 1);
        isMillis(sum.getValueAtPercentile(99.9) / 1000.0, 200);
        isMillis(sum.getMaxValue() / 1000.0, 200);
    }

    @Test
    void theMetrics() throws Exception {
        String text = window.get("/metrics").body();
        assertThat(bucket(text, "0.0025")).isEqualTo(ALL - SLOW);
        assertThat(bucket(text, "0.1")).isEqualTo(ALL - SLOW);
        assertThat(bucket(text, "0.25")).isEqualTo(ALL);
        assertThat(bucket(text, "+Inf")).isEqualTo(ALL);
        assertThat(metric(text, "_count", "")).isEqualTo(ALL);
        double seconds = (ALL - SLOW) * 0.001 + SLOW * 0.2;
        assertThat(metric(text, "_sum", "")).isCloseTo(seconds, within(seconds / 128));
    }

    @Test
    void theTable() throws Exception {
        String[] lines = window.get("/api/v1/status?format=csv").body().split("\r\n");
        List<String> names = List.of(lines[0].split(","));
        String[] blue = lines[2].split(",");
        assertThat(blue[names.indexOf("id")]).isEqualTo("blue");
        isMillis(Double.parseDouble(blue[names.indexOf("p50_ms")]), 1);
        isMillis(Double.parseDouble(blue[names.indexOf("p99_ms")]), 1);
        isMillis(Double.parseDouble(blue[names.indexOf("p999_ms")]), 200);
        isMillis(Double.parseDouble(blue[names.indexOf("max_ms")]), 200);
    }

    @Test
    void thePage(@TempDir Path profile) {
        ChromeDriver browser = Chromium.open(profile);
        try {
            browser.get(window.url());
            new WebDriverWait(browser, Duration.ofSeconds(20))
                    .until(any -> shown(browser, "max").matches("\\d.*"));
            isShown(browser, "p50", 1);
            isShown(browser, "p99", 1);
            isShown(browser, "p999", 200);
            isShown(browser, "max", 200);
        } finally {
            browser.quit();
        }
    }

    private static void isShown(ChromeDriver browser, String percentile, double millis) {
        Matcher text = Pattern.compile("([\\d.]+)( ?m?s)?.*", Pattern.DOTALL).matcher(shown(browser, percentile));
        assertThat(text.matches()).as(percentile).isTrue();
        double least = Math.pow(
                10, -Math.max(0, text.group(1).length() - 1 - text.group(1).indexOf('.')));
        double rounding = text.group(1).contains(".") ? least / 2 : 0.5;
        assertThat(Double.parseDouble(text.group(1)))
                .as(percentile)
                .isBetween(millis - rounding, millis * 129 / 128 + rounding);
    }

    private static String shown(ChromeDriver browser, String percentile) {
        return browser.findElement(By.cssSelector("[data-member='app/blue'] [data-cell='" + percentile + "']"))
                .getText();
    }

    private static void isTrue(JsonObject latency) {
        assertThat(latency.getLong("count")).isEqualTo(ALL);
        isMillis(latency.getDouble("p50"), 1);
        isMillis(latency.getDouble("p90"), 1);
        isMillis(latency.getDouble("p99"), 1);
        isMillis(latency.getDouble("p999"), 200);
        isMillis(latency.getDouble("max"), 200);
    }

    private static void isMillis(double seen, double truth) {
        assertThat(seen).isBetween(truth, truth * 129 / 128);
    }

    private static long sum(JsonArray counts) {
        return counts.stream()
                .filter(Number.class::isInstance)
                .mapToLong(count -> ((Number) count).longValue())
                .sum();
    }

    private static double bucket(String text, String bound) {
        return metric(text, "_bucket", bound);
    }

    private static double metric(String text, String suffix, String bound) {
        String name = "fairlead_member_request_duration_seconds" + suffix + "{";
        return text.lines()
                .filter(line -> line.startsWith(name) && line.contains("member=\"blue\""))
                .filter(line -> bound.isEmpty() || line.contains("le=\"" + bound + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .reduce((a, b) -> {
                    throw new AssertionError("more than one line of " + name);
                })
                .orElseThrow();
    }
}
