package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.HealthSettings.Start;
import io.fairlead.member.Member;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthCheckerFlipsTest {
    private static final String NOWHERE = "a UNRESOLVED: the host name app.internal leads to no address";

    @Test
    void onePassBringsUpAMemberThatStartsDown() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        assertThat(bench.checker.health(member)).isEqualTo(Health.checking(Instant.EPOCH));
        assertThat(bench.told).isEmpty();

        bench.time.advanceMillis(60_000);

        assertThat(bench.told).containsExactly("a UP: the first probe passed: 200");
    }

    @Test
    void aFirstFailureIsToldOnce() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        Member member = bench.watch("a", ScriptedProbe.REFUSED);

        bench.time.advanceMillis(60_000);

        assertThat(bench.told).containsExactly("a DOWN: the first probe failed: connection refused");
        assertThat(bench.checker.health(member).since()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void tellsOfEachFlipOnceWithItsCause() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(25);
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.time.advanceMillis(20_000);
        Instant fell = bench.checker.health(member).since();
        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(20_000);

        assertThat(bench.told)
                .containsExactly(
                        "a UP: the first probe passed: 200",
                        "a DOWN: 3 of 3 probes failed: connection refused",
                        "a UP: 2 of 2 probes passed: 200");
        assertThat(fell).isEqualTo(Instant.ofEpochMilli(3025));
    }

    @Test
    void statesOnTheWayAreShownButNotTold() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(25);
        Instant since = bench.checker.health(member).since();
        bench.told.clear();

        bench.probe.answers(ScriptedProbe.STATUS_500);
        bench.time.advanceMillis(2000);
        Health falling = bench.checker.health(member);
        assertThat(falling.state()).isEqualTo(HealthState.FALLING);
        assertThat(falling.reason()).isEqualTo("1 of 3 probes failed: status 500 (expected: 200-299)");
        assertThat(falling.since()).isEqualTo(since);
        assertThat(bench.lastProbe(member).result()).isEqualTo(ScriptedProbe.STATUS_500);

        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(500);
        Health again = bench.checker.health(member);
        assertThat(again.state()).isEqualTo(HealthState.UP);
        assertThat(again.reason()).isEqualTo("the first probe passed: 200");
        assertThat(again.since()).isEqualTo(since);
        assertThat(bench.told).isEmpty();
    }

    @Test
    void risingIsShownWhileDown() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        Member member = bench.watch("a", ScriptedProbe.REFUSED);
        bench.time.advanceMillis(25);
        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(5000);

        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.RISING);
        assertThat(bench.checker.health(member).reason()).isEqualTo("1 of 2 probes passed: 200");
        assertThat(bench.told).hasSize(1);
    }

    @Test
    void aMemberThatStartsUpServesAtOnceAndFallsByTheUsualCount() {
        Bench bench = new Bench(Bench.settings(Start.UP));
        bench.watch("a", ScriptedProbe.REFUSED);
        assertThat(bench.told).containsExactly("a UP: counts as up until probes fail, 3 in a row");

        bench.time.advanceMillis(1024);
        assertThat(bench.told).hasSize(1);
        bench.time.advanceMillis(1);
        assertThat(bench.told).hasSize(2).last().isEqualTo("a DOWN: 3 of 3 probes failed: connection refused");
    }

    @Test
    void aMemberWithoutAnAddressIsUnresolvedAndNotProbedUntilItHasOne() {
        Bench bench = new Bench(Bench.settings(Start.DOWN));
        bench.probe.answers(ScriptedProbe.PASSED);
        Member member = Bench.namedMember("a");
        bench.checker.add(member);
        bench.time.advanceMillis(60_000);

        Health health = bench.checker.health(member);
        assertThat(health.state()).isEqualTo(HealthState.UNRESOLVED);
        assertThat(health.reason()).isEqualTo("the host name app.internal leads to no address");
        assertThat(bench.probe.calls).isEmpty();
        assertThat(bench.told).containsExactly(NOWHERE);

        member.resolved("10.0.0.9");
        bench.time.advanceMillis(1000); // one fast interval to notice, one to be probed
        assertThat(bench.told).containsExactly(NOWHERE, "a UP: the first probe passed: 200");
    }

    @Test
    void aMemberThatStartsUpServesWhenItsNameLeadsSomewhere() {
        Bench bench = new Bench(Bench.settings(Start.UP));
        Member member = Bench.namedMember("a");
        bench.checker.add(member);
        bench.time.advanceMillis(60_000);
        assertThat(bench.told).containsExactly(NOWHERE);

        member.resolved("10.0.0.9");
        bench.time.advanceMillis(500);
        assertThat(bench.told).containsExactly(NOWHERE, "a UP: counts as up until probes fail, 3 in a row");
    }
}
