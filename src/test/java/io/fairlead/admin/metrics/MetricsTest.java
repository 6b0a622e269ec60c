package io.fairlead.admin.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.admin.ScriptedProgram;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.health.Ground;
import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.stats.Retry;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.sample.Stats;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
class MetricsTest {
    private final AtomicLong now = new AtomicLong();
    private final Stats stats = new Stats(now::get);
    private final LoopStats loop = stats.newLoop();
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
        program.reloads = new LoadedConfig.Reloads(2, 1);
        ExpositionText refused = read();
        assertThat(refused.value("fairlead_config_last_reload_successful")).isZero();
        assertThat(refused.value("fairlead_config_reloads_total", "result", "taken"))
                .isEqualTo(2);
        assertThat(refused.value("fairlead_config_reloads_total", "result", "refused"))
                .isEqualTo(1);
    }

    @Test
    void requestsAreToldByListenerRouteAndStatus() {
        loop.listener("web").route("shop.example/cart").ended(200, TimeUnit.MILLISECONDS.toNanos(20));
        loop.listener("web").route("shop.example/cart").ended(503, TimeUnit.MILLISECONDS.toNanos(20));
        loop.listener("tls").route("shop.example/cart").ended(200, TimeUnit.MILLISECONDS.toNanos(700));
        loop.listener("web").route("").ended(404, TimeUnit.MILLISECONDS.toNanos(1));
        ExpositionText text = read();
        String[] cart = {"route", "shop.example/cart", "listener", "web", "code", "503"};
        assertThat(text.value("fairlead_requests_total", cart)).isEqualTo(1);
        assertThat(text.value("fairlead_requests_total", "route", "none", "listener", "web", "code", "404"))
                .isEqualTo(1);
        String duration = "fairlead_request_duration_seconds";
        assertThat(text.value(duration + "_count", "route", "shop.example/cart"))
                .isEqualTo(3);
        assertThat(text.value(duration + "_bucket", "route", "shop.example/cart", "le", "0.025"))
                .isEqualTo(2);
        assertThat(text.value(duration + "_sum", "route", "shop.example/cart")).isEqualTo(0.74, within(0.74 / 128));
        assertThat(Promtool.complaints(text(Exposition.PROMETHEUS))).isEmpty();
    }

    @Test
    void aMembersHistogramAgreesWithTheTruth() {
        for (int i = 1; i <= 1000; i++) {
            answer(pool.members().get(0), i % 100 == 0 ? 200 : 1);
        }
        ExpositionText text = read();
        String duration = "fairlead_member_request_duration_seconds";
        String[] member = {"pool", "app", "member", "a"};
        assertThat(text.value(duration + "_count", member)).isEqualTo(1000);
        assertThat(text.value(duration + "_sum", member)).isEqualTo(2.99, within(2.99 / 128));
        assertThat(text.value(duration + "_bucket", "pool", "app", "member", "a", "le", "0.001"))
                .isEqualTo(990);
        assertThat(text.value(duration + "_bucket", "pool", "app", "member", "a", "le", "0.1"))
                .isEqualTo(990);
        assertThat(text.value(duration + "_bucket", "pool", "app", "member", "a", "le", "0.25"))
                .isEqualTo(1000);
        assertThat(text.value("fairlead_member_requests_total", "pool", "app", "member", "a", "code", "200"))
                .isEqualTo(1000);
    }

    @Test
    void retriesAndQueuesAreToldByWhatCameOfThem() {
        loop.pool("app").retryEnded(new Retry("connect-failure", Retry.Outcome.ANSWERED));
        loop.pool("app").queue().served(TimeUnit.MILLISECONDS.toNanos(5));
        ExpositionText text = read();
        assertThat(text.value(
                        "fairlead_retries_total", "pool", "app", "reason", "connect-failure", "outcome", "answered"))
                .isEqualTo(1);
        assertThat(text.value("fairlead_queue_seconds_count", "pool", "app")).isEqualTo(1);
    }

    @Test
    void everyFamilyOfTheListIsTold() {
        loop.listener("web").route("/").ended(200, 1);
        loop.pool("app").retryEnded(new Retry("connect-failure", Retry.Outcome.ANSWERED));
        answer(pool.members().get(0), 1);
        ScriptedProgram.takeDown(pool, 1);
        assertThat(read().types())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("fairlead_requests_total", "counter"),
                        Map.entry("fairlead_request_duration_seconds", "histogram"),
                        Map.entry("fairlead_member_requests_total", "counter"),
                        Map.entry("fairlead_member_request_duration_seconds", "histogram"),
                        Map.entry("fairlead_member_in_flight", "gauge"),
                        Map.entry("fairlead_member_up", "gauge"),
                        Map.entry("fairlead_member_state", "gauge"),
                        Map.entry("fairlead_member_transitions_total", "counter"),
                        Map.entry("fairlead_probes_total", "counter"),
                        Map.entry("fairlead_probe_duration_seconds", "histogram"),
                        Map.entry("fairlead_ejections_total", "counter"),
                        Map.entry("fairlead_retries_total", "counter"),
                        Map.entry("fairlead_retry_budget_remaining", "gauge"),
                        Map.entry("fairlead_queue_length", "gauge"),
                        Map.entry("fairlead_queue_seconds", "histogram"),
                        Map.entry("fairlead_pool_fail_open", "gauge"),
                        Map.entry("fairlead_config_reloads_total", "counter"),
                        Map.entry("fairlead_config_last_reload_successful", "gauge"),
                        Map.entry("fairlead_build_info", "gauge")));
        assertThat(Promtool.complaints(text(Exposition.PROMETHEUS))).isEmpty();
    }

    private void answer(Member member, long millis) {
        Lease lease = member.lease(loop.member(member));
        lease.sent(0);
        lease.answered(200, TimeUnit.MICROSECONDS.toNanos(500));
        lease.close(Outcome.ANSWERED, TimeUnit.MILLISECONDS.toNanos(millis));
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
