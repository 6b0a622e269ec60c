package io.fairlead.admin.metrics;

import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.health.HealthTally;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.stats.StatsSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that Prometheus is told at one moment. What is so is gathered on the control context, which is quick; the text of thousands of
 * members is megabytes, so that is made on any other thread.
 */
final class Metrics {
    private final String version;
    private final LoadedConfig config;
    private final StatsSnapshot stats;
    private final List<PoolFacts> pools = new ArrayList<>();

    /** How a pool is. */
    private record PoolFacts(Pool pool, boolean failOpen, int queued, int budget, List<MemberFacts> members) {
        static PoolFacts of(Pool pool) {
            List<MemberFacts> members = pool.status().stream()
                    .map(status -> new MemberFacts(
                            status, pool.history(status.member()).tally().copy()))
                    .toList();
            return new PoolFacts(
                    pool, pool.isFailOpen(), pool.queued(), pool.retryBudget().remaining(), members);
        }
    }

    private record MemberFacts(MemberStatus status, HealthTally tally) {}

    private Metrics(Program program, StatsSnapshot stats) {
        this.version = program.version();
        this.config = program.config();
        this.stats = stats;
    }

    /** Of this program, with the statistics of its last sample. Control context only. */
    static Metrics gather(Program program, StatsSnapshot stats) {
        Metrics metrics = new Metrics(program, stats);
        program.pools().forEach(pool -> metrics.pools.add(PoolFacts.of(pool)));
        return metrics;
    }

    /** The text in this format. Any thread. */
    Buffer text(Exposition format) {
        Families families = new Families();
        program(families);
        TrafficMetrics traffic = new TrafficMetrics(families);
        traffic.incoming(stats);
        pools.forEach(facts -> pool(facts, families, traffic));
        return format.write(families.snapshots());
    }

    private void program(Families families) {
        families.fact(Metric.BUILD, Labels.of("version", version));
        families.count(
                Metric.RELOADS, Labels.of("result", "taken"), config.reloads().taken());
        families.count(
                Metric.RELOADS, Labels.of("result", "refused"), config.reloads().refused());
        families.gauge(
                Metric.RELOADED,
                Labels.EMPTY,
                config.lastReload().map(LoadedConfig.Reload::ok).orElse(true));
    }

    private void pool(PoolFacts facts, Families families, TrafficMetrics traffic) {
        String name = facts.pool.name();
        Labels labels = Labels.of("pool", name);
        families.gauge(Metric.FAIL_OPEN, labels, facts.failOpen);
        families.gauge(Metric.QUEUE_LENGTH, labels, facts.queued);
        families.gauge(Metric.RETRY_BUDGET, labels, facts.budget);
        traffic.pool(stats.pool(name), labels);
        MemberMetrics health =
                new MemberMetrics(families, facts.pool.settings().health().isPresent());
        for (MemberFacts member : facts.members) {
            Labels both =
                    Labels.of("pool", name, "member", member.status.member().id());
            health.add(member.status, member.tally, both);
            traffic.member(stats.member(member.status.member()), both);
        }
    }
}
