package io.fairlead.admin.metrics;

import io.fairlead.settings.Kebab;
import io.fairlead.stats.Buckets;
import io.fairlead.stats.MemberStats;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.StatsSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;

/** What is told of requests: at listeners by route, of pools, and at members. Any thread. */
final class TrafficMetrics {
    /** Said of requests that met no route; no route is called so, as each has a slash. */
    private static final String NO_ROUTE = "none";
    /** Without the last, which is endless. */
    private static final double[] BOUNDS = Arrays.copyOf(Buckets.bounds(), Buckets.bounds().length - 1);

    private final Families families;

    TrafficMetrics(Families families) {
        this.families = families;
    }

    void incoming(StatsSnapshot stats) {
        stats.routes().forEach((name, route) -> {
            Labels labels = Labels.of("route", name.isEmpty() ? NO_ROUTE : name);
            route.codesByListener().forEach((listener, codes) -> {
                Labels here = labels.add("listener", listener);
                codes.byStatus().forEach((code, count) -> families.count(Metric.REQUESTS, code(here, code), count));
            });
            histogram(Metric.REQUEST_DURATION, labels, route.buckets());
        });
    }

    void pool(PoolStats stats, Labels pool) {
        stats.retriesBy()
                .forEach((retry, count) -> families.count(
                        Metric.RETRIES,
                        pool.merge(Labels.of("reason", retry.reason(), "outcome", Kebab.of(retry.outcome()))),
                        count));
        histogram(Metric.QUEUE_TIME, pool, stats.queue().buckets());
    }

    void member(MemberStats stats, Labels member) {
        stats.codes()
                .byStatus()
                .forEach((code, count) -> families.count(Metric.MEMBER_REQUESTS, code(member, code), count));
        histogram(Metric.MEMBER_REQUEST_DURATION, member, stats.buckets());
    }

    private static Labels code(Labels labels, int code) {
        return labels.add("code", String.valueOf(code));
    }

    private void histogram(Metric metric, Labels labels, Buckets buckets) {
        families.histogram(metric, labels, BOUNDS, buckets.counts(), buckets.sumSeconds());
    }
}
