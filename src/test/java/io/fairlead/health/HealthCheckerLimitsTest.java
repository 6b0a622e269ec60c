package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.HealthSettings.Start;
import io.fairlead.health.ScriptedProbe.Call;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthCheckerLimitsTest {
    private final Bench bench = new Bench(Bench.settings(Start.DOWN));

    @Test
    void aProbeThatNeverEndsCountsAsFailedAtItsTimeoutAndItsLateAnswerIsIgnored() {
        Promise<ProbeResult> never = bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        bench.time.advanceMillis(1024);
        assertThat(bench.told).isEmpty();

        bench.time.advanceMillis(1);
        assertThat(bench.told).containsExactly("a DOWN: the first probe failed: no answer within 1000 ms");

        Health before = bench.checker.health(member);
        never.complete(ScriptedProbe.PASSED);
        assertThat(bench.checker.health(member)).isEqualTo(before);
        assertThat(bench.told).hasSize(1);
    }

    @Test
    void theGuardIsGoneOnceAProbeHasEnded() {
        Promise<ProbeResult> answer = bench.probe.answersLater();
        bench.checker.add(Bench.member("a"));
        bench.time.advanceMillis(100);
        answer.complete(ScriptedProbe.PASSED);
        assertThat(bench.time.pending()).as("the next probe alone").isEqualTo(1);
    }

    @Test
    void atMost128ProbesAreUnderWayAndTheOthersFollowInTurn() {
        List<Promise<ProbeResult>> open = new ArrayList<>();
        bench.probe.does(member -> {
            Promise<ProbeResult> promise = Promise.promise();
            open.add(promise);
            return promise.future();
        });
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            members.add(Bench.member("m" + i));
            bench.checker.add(members.get(i));
        }
        bench.time.advanceMillis(50);
        assertThat(bench.probe.calls).hasSize(128);

        open.get(5).complete(ScriptedProbe.PASSED);
        open.get(77).complete(ScriptedProbe.PASSED);
        assertThat(bench.probe.calls).hasSize(130);

        bench.time.advanceMillis(999); // those under way since 25 ms run into their time-out, and make room
        assertThat(bench.probe.calls).hasSize(130 + 126);
        assertThat(bench.probe.calls).extracting(Call::member).containsExactlyElementsOf(members.subList(0, 256));
    }

    @Test
    void aLongQueueOfProbesThatEndAtOnceIsNoDeepStack() {
        int many = 50_000;
        for (int i = 0; i < many; i++) {
            bench.checker.add(Bench.member("m" + i));
        }
        bench.time.advanceMillis(50);
        assertThat(bench.probe.calls).hasSize(128);

        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(1000);
        assertThat(bench.probe.calls).hasSizeGreaterThanOrEqualTo(many);
    }

    @Test
    void aProbeThatBreaksItsPromiseCountsAsFailed() {
        bench.probe.does(member -> {
            throw new IllegalStateException("out of paper");
        });
        bench.checker.add(Bench.member("throws"));
        bench.time.advanceMillis(100);
        bench.probe.does(member -> Future.failedFuture(new IllegalStateException("out of ink")));
        bench.checker.add(Bench.member("fails"));
        bench.time.advanceMillis(100);
        bench.probe.does(member -> Future.succeededFuture());
        bench.checker.add(Bench.member("says nothing"));
        bench.time.advanceMillis(100);

        assertThat(bench.told)
                .containsExactly(
                        "throws DOWN: the first probe failed: the probe itself went wrong: out of paper",
                        "fails DOWN: the first probe failed: the probe itself went wrong: out of ink",
                        "says nothing DOWN: the first probe failed: the probe itself went wrong: it ended without a"
                                + " result");
    }

    @Test
    void aRemovedMemberIsNotProbedAgainAndTheResultUnderWayIsIgnored() {
        Promise<ProbeResult> underWay = bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        bench.time.advanceMillis(25);
        bench.checker.remove(member);
        bench.checker.remove(member);
        underWay.complete(ScriptedProbe.PASSED);
        bench.time.advanceMillis(60_000);

        assertThat(bench.probe.calls).hasSize(1);
        assertThat(bench.told).isEmpty();
        assertThat(bench.time.pending()).isZero();
        assertThatThrownBy(() -> bench.checker.health(member)).hasMessage("app/a: is not watched");
    }

    @Test
    void aMemberRemovedBeforeItsFirstProbeIsNeverAsked() {
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.checker.remove(member);
        bench.time.advanceMillis(60_000);
        assertThat(bench.probe.calls).isEmpty();
    }

    @Test
    void aMemberRemovedWhileItWaitsForItsTurnIsNeverAsked() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            members.add(Bench.member("m" + i));
            bench.checker.add(members.get(i));
        }
        bench.time.advanceMillis(50);
        bench.checker.remove(members.get(128));
        bench.time.advanceMillis(1000);
        assertThat(bench.probe.calls)
                .extracting(Call::member)
                .contains(members.get(129))
                .doesNotContain(members.get(128));
    }

    @Test
    void aRemovedMemberCanBeWatchedAgainAndStartsAnew() {
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(25);
        bench.checker.remove(member);
        bench.checker.add(member);
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.CHECKING);
    }

    @Test
    void theListenerMayTakeTheMemberOutInTheCall() {
        HealthChecker[] own = new HealthChecker[1];
        own[0] = new HealthChecker(
                Bench.settings(Start.DOWN),
                bench.probe,
                new HealthChecker.Environment(bench.time, bench.time, bench.time, new java.util.Random(1)),
                new HealthListener() {
                    @Override
                    public void observed(Member member, Health health) {
                        own[0].remove(member);
                    }

                    @Override
                    public void probed(Member member, ProbeReport report, Health health) {
                        own[0].remove(member);
                    }
                });
        bench.probe.answers(ScriptedProbe.REFUSED);
        own[0].add(Bench.member("a"));
        bench.time.advanceMillis(60_000);
        assertThat(bench.probe.calls).hasSize(1);
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void stoppingLeavesNothingBehind() {
        Promise<ProbeResult> underWay = bench.probe.answersLater();
        for (int i = 0; i < 200; i++) {
            bench.checker.add(Bench.member("m" + i));
        }
        bench.time.advanceMillis(50);
        bench.checker.stop();
        bench.checker.stop();

        assertThat(bench.time.pending()).isZero();
        assertThat(bench.probe.closed).isTrue();
        underWay.complete(ScriptedProbe.PASSED);
        assertThat(bench.told).isEmpty();
        assertThat(bench.probe.calls).hasSize(128);
        assertThatThrownBy(() -> bench.checker.add(Bench.member("late"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMemberIsWatchedOnce() {
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        assertThatThrownBy(() -> bench.checker.add(member)).hasMessage("app/a: is watched already");
    }
}
