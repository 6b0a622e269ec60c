package io.fairlead.admin.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.stats.Interval;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Time in columns, and latencies in bands. */
class ColumnsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:15.678Z");
    private final Columns columns = Columns.endingAt(AT, Duration.ofSeconds(10), 6);

    private record Recorded(Instant from, Duration length, Histogram latencies) implements Interval {
        @Override
        public long count() {
            return latencies.getTotalCount();
        }

        @Override
        public void addTo(Histogram sum) {
            sum.add(latencies);
        }
    }

    @Test
    void theLastColumnHoldsThePresent() {
        assertThat(columns.from()).isEqualTo(Instant.parse("2026-01-02T03:03:20Z"));
        assertThat(merge(at("03:04:10", 1), at("03:04:19.999", 2))).containsOnlyKeys(5);
        assertThat(columns.sinceFirst(AT)).isEqualTo(Duration.ofMillis(55_678));
    }

    @Test
    void whatIsOfOneColumnIsAddedAndWhatIsOutsideIsLeftOut() {
        SortedMap<Integer, Histogram> merged = merge(
                at("03:03:19.999", 1),
                at("03:03:20", 2),
                at("03:03:29.999", 3, 4),
                at("03:03:40", 5),
                at("03:04:20", 6));
        assertThat(merged).containsOnlyKeys(0, 2);
        assertThat(columns.values(merged, Histogram::getTotalCount)).containsExactly(3L, null, 1L, null, null, null);
        assertThat(columns.values(merged, Percentiles::max))
                .as("the upper ends of their buckets")
                .containsExactly(4.015, null, 5.023, null, null, null);
    }

    @Test
    void bandsAreFittedToWhatWasSeen() {
        SortedMap<Integer, Histogram> merged = merge(at("03:03:20", 1, 1, 1, 1000), at("03:03:40", 31));
        JsonArray bounds = HeatMap.of(merged).getJsonArray("bounds_ms");
        assertThat(bounds).hasSize(24);
        for (int band = 1; band < bounds.size(); band++) {
            assertThat(bounds.getDouble(band)).isGreaterThan(bounds.getDouble(band - 1));
        }
        assertThat(bounds.getDouble(23)).isEqualTo(Percentiles.max(Objects.requireNonNull(merged.get(0))));
        assertThat(HeatMap.of(merged).getJsonArray("cells"))
                .containsExactly(cell(0, 0, 3), cell(0, 23, 1), cell(2, 11, 1));
    }

    @Test
    void bandsAreNotNarrowerThanATenth() {
        assertThat(HeatMap.of(merge(at("03:03:20", 100, 100))).getJsonArray("bounds_ms"))
                .hasSize(1);
        assertThat(HeatMap.of(merge(at("03:03:20", 100, 118))).getJsonArray("bounds_ms"))
                .hasSize(2);
    }

    @Test
    void nothingIsNoBandAndNoCell() {
        assertThat(HeatMap.of(merge()).getJsonArray("bounds_ms")).isEmpty();
        assertThat(HeatMap.of(merge()).getJsonArray("cells")).isEmpty();
    }

    private static JsonArray cell(int column, int band, long count) {
        return new JsonArray().add(column).add(band).add(count);
    }

    private SortedMap<Integer, Histogram> merge(Interval... intervals) {
        return columns.merge(List.of(intervals));
    }

    private static Interval at(String time, long... millis) {
        Histogram histogram = new Histogram(2);
        for (long each : millis) {
            histogram.recordValue(each * 1000);
        }
        return new Recorded(Instant.parse("2026-01-02T" + time + "Z"), Duration.ofSeconds(10), histogram);
    }
}
