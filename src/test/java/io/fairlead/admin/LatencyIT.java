package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.stats.record.LoopStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long members took: against latencies that are known, 1 ms and each hundredth 200 ms. */
@Timeout(60)
class LatencyIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String MEMBER = "/api/v1/pools/app/members/a";
    /** Of the histograms' buckets. */
    private static final double PRECISION = 1 / 128.0;

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 1));
    private final LoopStats loop = window.stats.newLoop();

    @Test
    void theDocumentAgreesWithTheTruth() throws Exception {
        answers(0, 1000);
        window.pass(SECOND);

        JsonObject latency = window.get(MEMBER + "/latency").json();

        assertThat(latency.getString("pool")).isEqualTo("app");
        assertThat(latency.getString("member")).isEqualTo("a");
        assertThat(latency.getInteger("window_seconds")).isEqualTo(60);
        assertThat(latency.getLong("count")).isEqualTo(1000);
        assertThat(latency.getDouble("p50")).isEqualTo(1, within(PRECISION));
        assertThat(latency.getDouble("p90")).isEqualTo(1, within(PRECISION));
        assertThat(latency.getDouble("p99")).isEqualTo(1, within(PRECISION));
        assertThat(latency.getDouble("p999")).isEqualTo(200, within(200 * PRECISION));
        assertThat(latency.getDouble("max")).isEqualTo(200, within(200 * PRECISION));
        assertThat(latency.getDouble("min")).isEqualTo(1, within(PRECISION));
        assertThat(latency.getDouble("mean")).isEqualTo(2.99, within(2.99 * PRECISION));
        assertThat(latency.getDouble("stddev")).isEqualTo(19.8, within(19.8 * PRECISION));
        assertThat(latency.getJsonObject("first_byte_ms").getLong("count")).isEqualTo(1000);
        assertThat(latency.getJsonObject("first_byte_ms").getDouble("max")).isEqualTo(0.5, within(0.5 * PRECISION));
        JsonArray distribution = latency.getJsonArray("distribution");
        JsonArray first = distribution.getJsonArray(0);
        JsonArray last = distribution.getJsonArray(distribution.size() - 1);
        assertThat(first.getDouble(0)).isZero();
        assertThat(first.getLong(2)).isEqualTo(990);
        assertThat(last.getDouble(0)).isEqualTo(100);
        assertThat(last.getDouble(1)).isEqualTo(latency.getDouble("max"));
        assertThat(last.getLong(2)).isEqualTo(1000);
    }

    @Test
    void thePartsOfTheStatusAgreeWithIt() throws Exception {
        answers(0, 1000);
        window.pass(SECOND);
        JsonObject latency = window.get(MEMBER + "/latency").json();
        JsonObject shown = window.get(MEMBER).json().getJsonObject("latency_ms");
        for (String each : List.of("count", "p50", "p90", "p99", "p999", "max")) {
            assertThat(shown.getValue(each)).as(each).isEqualTo(latency.getValue(each));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "1m", "10m", "1h", "24h"})
    void theLogIsReadByItsOwnToolsAndHoldsTheSame(String span) throws Exception {
        for (int i = 0; i < 5; i++) {
            answers(0, 100);
            window.pass(Duration.ofSeconds(5));
        }
        JsonObject latency = window.get(MEMBER + "/latency?window=" + span).json();
        OperatorWindow.Answer answer = window.ask("GET", MEMBER + "/latency?window=" + span, "accept", "text/plain");

        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("content-disposition")).isEqualTo("attachment; filename=\"app-a.hlog\"");
        assertThat(answer.body()).contains("microseconds", "[Histogram log format version 1.3]");
        Histogram sum = new Histogram(2);
        HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
        while (reader.hasNext()) {
            EncodableHistogram line = reader.nextIntervalHistogram();
            assertThat(line.getEndTimeStamp()).isGreaterThan(line.getStartTimeStamp());
            assertThat(line.getStartTimeStamp())
                    .isBetween(
                            OperatorWindow.OPENED.minus(Duration.ofDays(1)).toEpochMilli(),
                            OperatorWindow.OPENED.plusSeconds(25).toEpochMilli());
            sum.add((Histogram) line);
        }
        assertThat(sum.getTotalCount()).isEqualTo(500).isEqualTo(latency.getLong("count"));
        assertThat(sum.getMaxValue() / 1000.0).isEqualTo(latency.getDouble("max"));
        assertThat(sum.getValueAtPercentile(50) / 1000.0).isEqualTo(latency.getDouble("p50"));
    }

    @Test
    void longerWindowsHoldWhatShortOnesHaveForgotten() throws Exception {
        answers(0, 100);
        window.pass(SECOND);
        minutes(30);
        assertThat(window.get(MEMBER + "/latency").json().getLong("count")).isZero();
        assertThat(window.get(MEMBER + "/latency").json().getValue("p99")).isNull();
        assertThat(window.get(MEMBER + "/latency?window=1h").json().getLong("count"))
                .isEqualTo(100);
        assertThat(window.get(MEMBER + "/latency?window=1h").json().getValue("first_byte_ms"))
                .isNull();
        assertThat(window.get(MEMBER + "/latency?window=24h").json().getLong("count"))
                .isEqualTo(100);
        minutes(60);
        assertThat(window.get(MEMBER + "/latency?window=1h").json().getLong("count"))
                .isZero();
        assertThat(window.get(MEMBER + "/latency?window=24h").json().getLong("count"))
                .isEqualTo(100);
    }

    @Test
    void theHistoryHasAColumnForEachStepAndAHeatMap() throws Exception {
        answers(0, 100);
        window.pass(SECOND);
        minutes(10);
        answers(0, 200);
        window.pass(SECOND);

        JsonObject history = window.get(MEMBER + "/history?window=1h").json();

        assertThat(history.getInteger("step_seconds")).isEqualTo(10);
        assertThat(history.getString("window")).isEqualTo("1h");
        for (String line : List.of("count", "p50", "p90", "p99", "p999", "max")) {
            assertThat(history.getJsonArray(line)).as(line).hasSize(360);
        }
        List<Integer> columns = filled(history.getJsonArray("count"));
        assertThat(columns).hasSize(2);
        assertThat(history.getJsonArray("count").getLong(columns.get(0))).isEqualTo(100);
        assertThat(history.getJsonArray("count").getLong(columns.get(1))).isEqualTo(200);
        assertThat(columns.get(1) - columns.get(0)).isEqualTo(60);
        assertThat(columns.get(1)).as("the present is the last").isEqualTo(359);
        assertThat(history.getJsonArray("p50").getDouble(359)).isEqualTo(1, within(PRECISION));
        assertThat(history.getJsonArray("max").getDouble(359)).isEqualTo(200, within(200 * PRECISION));
        JsonObject heat = history.getJsonObject("heat");
        JsonArray bounds = heat.getJsonArray("bounds_ms");
        assertThat(bounds).hasSize(24);
        JsonArray cells = heat.getJsonArray("cells");
        assertThat(cells).hasSize(4);
        assertThat(cells.getJsonArray(2)).isEqualTo(new JsonArray(List.of(359, 0, 198)));
        assertThat(cells.getJsonArray(3)).isEqualTo(new JsonArray(List.of(359, 23, 2)));
        assertThat(bounds.getDouble(23)).isEqualTo(200, within(200 * PRECISION));
    }

    @Test
    void aMemberWithoutRequestsHasAnEmptyHistory() throws Exception {
        window.pass(SECOND);
        JsonObject history =
                window.get("/api/v1/pools/app/members/b/history?window=24h").json();
        assertThat(history.getInteger("step_seconds")).isEqualTo(60);
        assertThat(history.getJsonArray("count")).hasSize(1440).containsOnlyNulls();
        assertThat(history.getJsonObject("heat").getJsonArray("cells")).isEmpty();
    }

    @Test
    void allMembersGoIntoOneOverviewThatIsMadeOnceInTenSeconds() throws Exception {
        window.program.add(new PoolBuilder("aaa").members(1));
        answers(0, 100);
        answers(1, 300);
        window.pass(SECOND);
        OperatorWindow.Answer first = window.get("/api/v1/history");
        JsonObject history = first.json();
        assertThat(history.getJsonArray("pools").getJsonObject(1).getString("name"))
                .as("in the order of the file")
                .isEqualTo("aaa");
        assertThat(history.getInteger("step_seconds")).isEqualTo(60);
        JsonArray members = history.getJsonArray("pools").getJsonObject(0).getJsonArray("members");
        assertThat(members.getJsonObject(0).getString("id")).isEqualTo("a");
        assertThat(members.getJsonObject(0).getJsonArray("count")).hasSize(60);
        assertThat(members.getJsonObject(0).getJsonArray("count").getLong(59)).isEqualTo(100);
        assertThat(members.getJsonObject(1).getJsonArray("count").getLong(59)).isEqualTo(300);
        assertThat(members.getJsonObject(1).getJsonArray("p50").getDouble(59)).isEqualTo(1, within(PRECISION));
        assertThat(members.getJsonObject(1).getJsonArray("max").getDouble(59)).isEqualTo(200, within(200 * PRECISION));
        assertThat(members.getJsonObject(1).getJsonArray("p99").getValue(0)).isNull();

        answers(0, 100);
        window.pass(Duration.ofSeconds(5));
        assertThat(window.get("/api/v1/history").body()).isEqualTo(first.body());
        window.pass(Duration.ofSeconds(5));
        assertThat(count(window.get("/api/v1/history").json(), 59)).isEqualTo(200);
    }

    @Test
    void whatIsOverIsKeptAndMovesToTheLeft() throws Exception {
        answers(0, 100);
        window.pass(SECOND);
        assertThat(count(window.get("/api/v1/history").json(), 59)).isEqualTo(100);
        for (int passed = 1; passed <= 59; passed++) {
            minutes(1);
            JsonObject history = window.get("/api/v1/history").json();
            assertThat(filled(counts(history))).as("after minutes: " + passed).containsExactly(59 - passed);
            assertThat(count(history, 59 - passed)).isEqualTo(100);
        }
        minutes(1);
        assertThat(filled(counts(window.get("/api/v1/history").json()))).isEmpty();
        JsonObject day = window.get("/api/v1/history?window=24h").json();
        assertThat(day.getInteger("step_seconds")).isEqualTo(1800);
        assertThat(counts(day)).hasSize(48);
        assertThat(filled(counts(day))).containsExactly(45);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/latency?window=29s",
                "/latency?window=25h",
                "/latency?window=1d",
                "/latency?window=",
                "/latency?window=-1m",
                "/latency?window=1m%0a",
                "/latency?window=99999999999s",
                "/history?window=1m",
                "/history?window="
            })
    void aWindowThatIsNoneIsRefusedWithAWordOfWhatWouldDo(String query) throws Exception {
        OperatorWindow.Answer answer = window.get(MEMBER + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail")).startsWith("window: \"").contains("(expected: ");
        assertThat(window.get("/api/v1/history?window=2h").status()).isEqualTo(400);
    }

    @Test
    void onlyMembersAreFoundAndOnlyReadingIsPossible() throws Exception {
        for (String path : List.of("/latency", "/history")) {
            assertThat(window.get("/api/v1/pools/app/members/c" + path).status())
                    .isEqualTo(404);
            assertThat(window.get("/api/v1/pools/other/members/a" + path).status())
                    .isEqualTo(404);
            assertThat(window.ask("POST", MEMBER + path).status()).isEqualTo(405);
            assertThat(window.ask("POST", MEMBER + path).header("allow")).isEqualTo("GET, HEAD");
            assertThat(window.ask("HEAD", MEMBER + path).status()).isEqualTo(200);
            assertThat(window.ask("HEAD", MEMBER + path).body()).isEmpty();
        }
        assertThat(window.ask("DELETE", "/api/v1/history").status()).isEqualTo(405);
        assertThat(window.ask("HEAD", "/api/v1/history").status()).isEqualTo(200);
    }

    @Test
    void aNameOfAnyKindMakesAFileNameThatIsNone() throws Exception {
        Pool odd = window.program.add(new PoolBuilder("o\"d").member("[::1]:9001", "ä b\"\r\nx: y", 1, 0));
        String path = "/api/v1/pools/o%22d/members/%C3%A4%20b%22%0D%0Ax%3A%20y/latency";
        OperatorWindow.Answer answer = window.ask("GET", path, "accept", "text/plain");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-disposition")).isEqualTo("attachment; filename=\"o_d-__b___x__y.hlog\"");
        assertThat(answer.body().lines().findFirst().orElseThrow())
                .isEqualTo("#[Latencies of o\"d/ä b\"  x: y, as seen by Fairlead]");
        assertThat(odd.members()).hasSize(1);
    }

    private static List<Integer> filled(JsonArray values) {
        return IntStream.range(0, values.size())
                .filter(i -> values.getValue(i) != null)
                .boxed()
                .toList();
    }

    private static JsonArray counts(JsonObject history) {
        return history.getJsonArray("pools")
                .getJsonObject(0)
                .getJsonArray("members")
                .getJsonObject(0)
                .getJsonArray("count");
    }

    private static long count(JsonObject history, int cell) {
        return counts(history).getLong(cell);
    }

    private void minutes(int number) {
        for (int i = 0; i < number * 6; i++) {
            window.pass(Duration.ofSeconds(10));
        }
    }

    private void answers(int member, int number) {
        window.run(() -> {
            for (int i = 1; i <= number; i++) {
                answer(app.members().get(member), i % 100 == 0 ? 200 : 1);
            }
        });
    }

    private void answer(Member member, long millis) {
        Lease lease = member.lease(loop.member(member));
        lease.sent(0);
        lease.answered(200, TimeUnit.MICROSECONDS.toNanos(500));
        lease.close(Outcome.ANSWERED, TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
