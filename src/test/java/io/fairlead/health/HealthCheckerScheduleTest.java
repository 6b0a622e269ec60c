package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.HealthSettings.Start;
import io.fairlead.health.ScriptedProbe.Call;
import io.fairlead.member.Member;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HealthCheckerScheduleTest {
    @Test
    void firstProbesSpreadOverFiftyMilliseconds() {
        Bench bench = new Bench(Bench.settings(Start.DOWN), new Random(7));
        for (int i = 0; i < 100; i++) {
            bench.watch("m" + i, ScriptedProbe.PASSED);
        }
        assertThat(bench.probe.calls).isEmpty();

        bench.time.advanceMillis(50);

        assertThat(bench.probe.calls).hasSize(100).extracting(Call::member).doesNotHaveDuplicates();
        // 100 draws from 50 ms: that one of five 10 ms slots stays empty has a chance of 5 * 0.8^100 < 1e-8
        assertThat(bench.probe.starts()).extracting(at -> at.toMillis() / 10).contains(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void firstProbesComeWithinHalfAShortFastInterval() {
        HealthSettings usual = Bench.settings(Start.DOWN);
        HealthSettings quick = new HealthSettings(
                usual.type(),
                usual.interval(),
                usual.timeout(),
                2,
                3,
                Duration.ofMillis(20),
                usual.downInterval(),
                usual.jitter(),
                Start.DOWN);
        Bench bench = new Bench(quick, 0.999);
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(10);
        assertThat(bench.probe.calls).hasSize(1);
    }

    @Test
    void probesAtTheIntervalWhileUp() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(6025);
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 2025, 4025, 6025));
    }

    @Test
    void probesAtTheDownIntervalWhileDown() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        bench.watch("a", ScriptedProbe.REFUSED);
        bench.time.advanceMillis(10_025);
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 5025, 10_025));
    }

    @Test
    void probesAtTheFastIntervalWhileFallingAndRising() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(30);
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.time.advanceMillis(3000); // fails at 2025, 2525 and 3025: down, the next at 8025
        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(8000); // passes at 8025 and 8525: up, the next at 10525
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 2025, 2525, 3025, 8025, 8525, 10_525));
    }

    @Test
    void jitterStaysWithinItsShareAndUsesAllOfIt() {
        Bench bench = new Bench(Bench.settings(Start.DOWN), new Random(42));
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advance(Duration.ofSeconds(2000));

        List<Duration> starts = bench.probe.starts();
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            gaps.add(starts.get(i).minus(starts.get(i - 1)).toNanos() / 1e9);
        }
        // 900 uniform draws from 1.8 to 2.2 s: that none falls into an outer twentieth has a chance of 0.95^900 <
        // 1e-19;
        // the mean has a standard error of 0.4 / sqrt(12) / 30 = 0.004 s
        assertThat(gaps).hasSizeGreaterThan(900);
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(1.8, 2.2));
        assertThat(gaps).anyMatch(gap -> gap < 1.82).anyMatch(gap -> gap > 2.18);
        assertThat(gaps.stream().mapToDouble(gap -> gap).average().orElseThrow())
                .isBetween(1.98, 2.02);
    }

    @Test
    void theNextProbeIsCountedFromTheStartOfTheLast() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        Promise<ProbeResult> first = bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        bench.time.advanceMillis(325);
        first.complete(ScriptedProbe.PASSED);

        ProbeReport report = bench.lastProbe(member);
        assertThat(report.took()).isEqualTo(Duration.ofMillis(300));
        assertThat(report.at()).isEqualTo(Instant.ofEpochMilli(325));
        assertThat(report.next()).isEqualTo(Instant.ofEpochMilli(2025));

        bench.time.advanceMillis(1700);
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 2025));
    }

    @Test
    void aProbeThatOutlastsTheIntervalIsFollowedWhenItEndsAndNeverOverlapped() {
        Bench bench = new Bench(Bench.settings(Duration.ofMillis(100), Duration.ofSeconds(10)));
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(25);
        Promise<ProbeResult> slow = bench.probe.answersLater();
        bench.time.advanceMillis(5000);
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 125));

        bench.probe.answersLater();
        slow.complete(ScriptedProbe.PASSED);
        bench.time.advanceMillis(0);
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 125, 5025));
    }

    @Test
    void aMemberThatStartsUpIsProbedAsSoonAsAnyOther() {
        Bench bench = new Bench(Bench.settings(Start.UP));
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(2025);
        assertThat(bench.probe.starts()).containsExactlyElementsOf(millis(25, 2025));
    }

    private static List<Duration> millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toList();
    }
}
