package io.fairlead.admin.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The data points of one scrape, gathered by family. Confined to it. */
final class Families {
    private final Map<Metric, List<DataPointSnapshot>> points = new EnumMap<>(Metric.class);

    /** Adds a count. */
    void count(Metric metric, Labels labels, long value) {
        add(metric, new CounterDataPointSnapshot(value, labels, null, 0));
    }

    /** Adds what is so now. */
    void gauge(Metric metric, Labels labels, double value) {
        add(metric, new GaugeDataPointSnapshot(value, labels, null));
    }

    /** Adds 1 if something is so, else 0. */
    void gauge(Metric metric, Labels labels, boolean value) {
        gauge(metric, labels, value ? 1 : 0);
    }

    /**
     * Adds a histogram.
     *
     * @param bounds the buckets' upper ends but the last, which has none; seconds
     * @param counts how many fell into each bucket and none before it; one more than bounds
     */
    void histogram(Metric metric, Labels labels, double[] bounds, long[] counts, double sum) {
        double[] upper = Arrays.copyOf(bounds, counts.length);
        upper[bounds.length] = Double.POSITIVE_INFINITY;
        ClassicHistogramBuckets buckets = ClassicHistogramBuckets.of(upper, counts);
        add(metric, new HistogramDataPointSnapshot(buckets, sum, labels, Exemplars.EMPTY, 0));
    }

    /** Adds something that is told by its labels alone. */
    void fact(Metric metric, Labels labels) {
        add(metric, new InfoDataPointSnapshot(labels));
    }

    private void add(Metric metric, DataPointSnapshot point) {
        points.computeIfAbsent(metric, any -> new ArrayList<>()).add(point);
    }

    /** All of them; a family without a point is left out. */
    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        points.forEach((metric, list) -> all.add(snapshot(metric, list)));
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot snapshot(Metric metric, List<DataPointSnapshot> points) {
        MetricMetadata metadata = new MetricMetadata(metric.family, metric.help);
        return switch (metric.kind) {
            case COUNTER -> new CounterSnapshot(metadata, of(CounterDataPointSnapshot.class, points));
            case GAUGE -> new GaugeSnapshot(metadata, of(GaugeDataPointSnapshot.class, points));
            case HISTOGRAM -> new HistogramSnapshot(metadata, of(HistogramDataPointSnapshot.class, points));
            case INFO -> new InfoSnapshot(metadata, of(InfoDataPointSnapshot.class, points));
        };
    }

    private static <T> List<T> of(Class<T> type, List<DataPointSnapshot> points) {
        return points.stream().map(type::cast).toList();
    }
}
