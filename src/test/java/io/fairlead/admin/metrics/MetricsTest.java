package io.fairlead.admin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.ScriptedProgram;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.health.Ground;
import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.stats.sample.Stats;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
class MetricsTest {
    private final AtomicLong now = new AtomicLong();
    private final Stats stats = new Stats(now::get);
    private final ScriptedProgram program = new ScriptedProgram();
    private final Pool pool = program.add(new PoolBuilder("app").checked().members(1, 1));

    @Test
    void aMembersStateIsOneOfAllAndOrdersComeFirst() {
        ScriptedProgram.bringUp(pool, 0);
        ScriptedProgram.takeDown(pool, 1);
        pool.order(pool.members().get(0), AdminState.DRAIN);
        ExpositionText text = read();
        assertThat(states(text, "a")).containsExactly(Map.entry("drain", 1.0));
        assertThat(states(text, "b")).containsExactly(Map.entry("down", 1.0));
        assertThat(text.value("fairlead_member_up", "pool", "app", "member", "a"))
                .isEqualTo(1);
        assertThat(text.value("fairlead_member_up", "pool", "app", "member", "b"))
                .isZero();
        long words = text.samples().keySet().stream()
                .filter(series -> series.name().equals("fairlead_member_state")
                        && "a".equals(series.labels().get("member")))
                .count();
        assertThat(words).isEqualTo(HealthState.values().length + 2);
    }

    private static Map<String, Double> states(ExpositionText text, String member) {
        Map<String, Double> present = new TreeMap<>();
        text.samples().forEach((series, value) -> {
            if (series.name().equals("fairlead_member_state")
                    && member.equals(series.labels().get("member"))
                    && value == 1) {
                present.put(series.labels().get("state"), value);
            }
        });
        return present;
    }

    @Test
    void probesTransitionsAndEjectionsAreCountedByWordsFromLists() {
        ScriptedProgram.bringUp(pool, 0);
        ScriptedProgram.takeDown(pool, 1);
        pool.history(pool.members().get(0)).tally().ejected(Ground.FAILURES, false);
        ExpositionText text = read();
        assertThat(text.value("fairlead_probes_total", "pool", "app", "member", "b", "result", "failed"))
                .isEqualTo(1);
        assertThat(text.value("fairlead_probes_total", "pool", "app", "member", "b", "result", "passed"))
                .isZero();
        assertThat(text.value("fairlead_probe_duration_seconds_count", "pool", "app", "member", "b"))
                .isEqualTo(1);
        assertThat(text.value("fairlead_probe_duration_seconds_bucket", "pool", "app", "member", "b", "le", "0.001"))
                .isEqualTo(1);
        assertThat(text.value(
                        "fairlead_member_transitions_total",
                        "pool",
                        "app",
                        "member",
                        "b",
                        "to",
                        "down",
                        "reason",
                        "connect"))
                .isEqualTo(1);
        assertThat(text.value(
                        "fairlead_ejections_total",
                        "pool",
                        "app",
                        "member",
                        "a",
                        "reason",
                        "failures",
                        "enforced",
                        "false"))
                .isEqualTo(1);
        assertThat(text.value(
                        "fairlead_ejections_total",
                        "pool",
                        "app",
                        "member",
                        "a",
                        "reason",
                        "latency",
                        "enforced",
                        "true"))
                .isZero();
    }

    @Test
    void theConfigurationAndTheBuildAreTold() {
        ExpositionText text = read();
        assertThat(text.value("fairlead_build_info", "version", "1.2.3")).isEqualTo(1);
        assertThat(text.value("fairlead_config_last_reload_successful")).isEqualTo(1);
        assertThat(text.value("fairlead_config_reloads_total", "result", "refused"))
                .isZero();
        program.lastReload = Optional.of(new LoadedConfig.Reload(ScriptedProgram.START, false, "line 3: no"));
        assertThat(read().value("fairlead_config_last_reload_successful")).isZero();
    }

    @Test
    void aPoolTellsWhatHoldsItsRequests() {
        ExpositionText text = read();
        assertThat(text.value("fairlead_queue_length", "pool", "app")).isZero();
        assertThat(text.value("fairlead_retry_budget_remaining", "pool", "app")).isEqualTo(100);
        assertThat(text.value("fairlead_pool_fail_open", "pool", "app")).isZero();
    }

    @Test
    void namesOfAnyKindAreEscaped() {
        String odd = "a\"b\\c\nd<script>é,{}= ";
        Pool strange = program.add(new PoolBuilder(odd).checked().member("127.0.0.1:1", odd, 1, 0));
        ScriptedProgram.takeDown(strange, 0);
        assertThat(read().value("fairlead_member_up", "pool", odd, "member", odd))
                .isZero();
        assertThat(text(Exposition.OPEN_METRICS)).contains("a\\\"b\\\\c\\nd<script>é,{}= ");
        assertThat(Promtool.complaints(text(Exposition.PROMETHEUS))).isEmpty();
    }

    @Test
    void prometheusItselfFindsNothingWrong() {
        ScriptedProgram.bringUp(pool, 0);
        ScriptedProgram.takeDown(pool, 1);
        assertThat(Promtool.complaints(text(Exposition.PROMETHEUS))).isEmpty();
    }

    @Test
    void promtoolWouldSayWhatIsWrong() {
        assertThat(Promtool.complaints("# TYPE fairlead_x gauge\nfairlead_x 1\nfairlead_x 1\n"))
                .isNotEmpty();
    }

    @Test
    void openMetricsEndsAsItMustAndHoldsTheSameFamilies() {
        String text = text(Exposition.OPEN_METRICS);
        assertThat(text).endsWith("# EOF\n").contains("# TYPE fairlead_probes counter\n");
        TreeSet<String> families = text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> plain = read().types().keySet().stream()
                .map(name -> name.replaceFirst("_(total|info)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(families).isEqualTo(plain);
    }

    private ExpositionText read() {
        return ExpositionText.parse(text(Exposition.PROMETHEUS));
    }

    private String text(Exposition format) {
        stats.sample();
        return Metrics.gather(program, stats.snapshot()).text(format).toString();
    }
}
