package io.fairlead.admin.metrics;

import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.stats.StatsSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.vertx.core.buffer.Buffer;

/** All that Prometheus is told at one moment. Control context only. */
public final class Metrics {
    private final StatsSnapshot stats;
    private final Families families = new Families();

    private Metrics(StatsSnapshot stats) {
        this.stats = stats;
    }

    /** Of this program, with the statistics of its last sample. */
    public static Buffer text(Program program, StatsSnapshot stats, Exposition format) {
        Metrics metrics = new Metrics(stats);
        metrics.program(program);
        program.pools().forEach(metrics::pool);
        return format.write(metrics.families.snapshots());
    }

    private void program(Program program) {
        families.fact(Metric.BUILD, Labels.of("version", program.version()));
        LoadedConfig.Reloads reloads = program.config().reloads();
        families.count(Metric.RELOADS, Labels.of("result", "taken"), reloads.taken());
        families.count(Metric.RELOADS, Labels.of("result", "refused"), reloads.refused());
        families.gauge(
                Metric.RELOADED,
                Labels.EMPTY,
                program.config().lastReload().map(LoadedConfig.Reload::ok).orElse(true));
    }

    private void pool(Pool pool) {
        Labels labels = Labels.of("pool", pool.name());
        families.gauge(Metric.FAIL_OPEN, labels, pool.isFailOpen());
        families.gauge(Metric.QUEUE_LENGTH, labels, pool.queued());
        families.gauge(Metric.RETRY_BUDGET, labels, pool.retryBudget().remaining());
        MemberMetrics members = new MemberMetrics(families);
        for (MemberStatus status : pool.status()) {
            Labels member =
                    Labels.of("pool", pool.name(), "member", status.member().id());
            members.add(pool, status, member);
        }
    }
}
