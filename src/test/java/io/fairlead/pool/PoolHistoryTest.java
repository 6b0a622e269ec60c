package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthHistory;
import io.fairlead.health.HealthState;
import io.fairlead.health.HistoryEntry;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What a pool remembers of its members and whom it tells of it. */
class PoolHistoryTest implements PoolListener {
    private final List<String> told = new ArrayList<>();
    private final List<List<Candidate>> candidates = new ArrayList<>();
    private final Pool pool = new PoolBuilder("app")
            .members(1, 1)
            .minAvailable("60%")
            .listener(this)
            .strategy(all -> {
                candidates.add(all);
                return key -> all.get(0).member();
            })
            .build();
    private final Member a = pool.members().get(0);
    private final Member b = pool.members().get(1);

    @Test
    void eachChangeOfServiceIsToldOnceAndRemembered() {
        observe(a, HealthState.FALLING, 1);
        observe(a, HealthState.DOWN, 2);
        observe(a, HealthState.DOWN, 3);
        observe(a, HealthState.RISING, 4);
        observe(a, HealthState.UP, 5);
        assertThat(told).containsExactly("a falling->down", "fails open", "a rising->up", "no longer");
        assertThat(history(a))
                .containsExactly("rising->up", "probe 5", "probe 4", "probe 3", "falling->down", "probe 2", "probe 1");
        assertThat(history(b)).isEmpty();
    }

    @Test
    void ejectionsAreToldEvenWhereTheMemberIsOutAlready() {
        observe(a, HealthState.EJECTED, 1);
        observe(a, HealthState.DOWN, 2);
        observe(a, HealthState.EJECTED, 3);
        assertThat(told).contains("a up->ejected", "a ejected->down", "a down->ejected");
        assertThat(pool.status().get(0).ejections()).isEqualTo(2);
        assertThat(pool.status().get(1).ejections()).isZero();
    }

    @Test
    void ordersAndRemarksAreTransitionsToo() {
        pool.order(a, AdminState.DRAIN);
        pool.order(a, AdminState.DRAIN);
        pool.remark(b, Source.PASSIVE, "would be ejected");
        assertThat(told).containsExactly("a ready->drain", "b up->up");
        assertThat(pool.history(a).newestFirst())
                .containsExactly(
                        new Transition(Instant.EPOCH, Source.OPERATOR, "ready", "drain", "ordered by the operator"));
    }

    @Test
    void theOldestIsForgottenFirst() {
        for (int i = 1; i <= 300; i++) {
            observe(a, HealthState.UP, i);
        }
        assertThat(history(a))
                .hasSize(HealthHistory.LENGTH)
                .startsWith("probe 300")
                .endsWith("probe 45");
    }

    @Test
    void onTrialAMemberGetsOneRequestAtATimeWhileAnotherServes() {
        pool.observe(a, trial());
        assertThat(candidates.get(candidates.size() - 1))
                .extracting(Candidate::capacity)
                .containsExactly(1, Candidate.UNLIMITED);
        observe(b, HealthState.DOWN, 1);
        assertThat(candidates.get(candidates.size() - 1)).allMatch(each -> each.capacity() == Candidate.UNLIMITED);
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNotNull();
    }

    private static Health trial() {
        return new Health(HealthState.FALLING, Instant.EPOCH, Source.PASSIVE, "on trial", true);
    }

    private void observe(Member member, HealthState state, int probe) {
        ProbeReport report = new ProbeReport(
                new ProbeResult.Passed("200"),
                Instant.ofEpochSecond(probe),
                Duration.ofMillis(1),
                Instant.ofEpochSecond(probe + 2),
                "1 of 1");
        pool.history(member).add(report);
        pool.observe(member, new Health(state, Instant.EPOCH, Source.ACTIVE, "as told"));
    }

    private List<String> history(Member member) {
        return pool.history(member).newestFirst().stream()
                .map(PoolHistoryTest::inWords)
                .toList();
    }

    private static String inWords(HistoryEntry entry) {
        return entry instanceof Transition transition
                ? transition.from() + "->" + transition.to()
                : "probe " + entry.at().getEpochSecond();
    }

    @Override
    public void changed(Pool of, Member member, Transition transition) {
        told.add(member.id() + " " + transition.from() + "->" + transition.to());
    }

    @Override
    public void failsOpen(Pool of, boolean open) {
        told.add(open ? "fails open" : "no longer");
    }

    @Override
    public void divides(Pool of, SortedMap<Integer, Double> shares) {
        told.add("divides");
    }
}
