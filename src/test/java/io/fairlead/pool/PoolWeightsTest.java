package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.member.AdminState;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tiers, slow start, orders and {@code min_available} make of the weights. */
class PoolWeightsTest {
    private long now = 1000;
    private final AtomicInteger pickers = new AtomicInteger();

    @Test
    void backupsGetNothingWhileTheBestTierIsWell() {
        Pool pool = builder().member(1, 0).member(1, 0).member(1, 1).build();
        assertThat(weights(pool)).containsExactly(1.0, 1.0, 0.0);
    }

    @Test
    void backupsTakeWhatTheBestTierCannot() {
        Pool pool =
                builder().member(1, 0).member(3, 0).member(2, 1).member(1, 1).build();
        observe(pool, 1, HealthState.DOWN); // a quarter of the weight is left, 35 % of the requests
        List<Double> weights = weights(pool);
        double backups = weights.get(2) + weights.get(3);
        assertThat(weights.get(0)).isEqualTo(1);
        assertThat(weights.get(0) / (weights.get(0) + backups)).isEqualTo(0.35, within(1e-12));
        assertThat(weights.get(2)).isEqualTo(2 * weights.get(3), within(1e-12));
        observe(pool, 0, HealthState.DOWN);
        assertThat(weights(pool)).containsExactly(0.0, 0.0, 2.0, 1.0);
    }

    @Test
    void aBackupStandsInForARequestThatFailedEverywhereElse() {
        Pool pool = builder().member(1, 0).member(1, 0).member(1, 1).build();
        Member a = pool.members().get(0);
        Member b = pool.members().get(1);
        Member backup = pool.members().get(2);
        assertThat(pick(pool, Set.of(a))).isSameAs(b);
        assertThat(pick(pool, Set.of(a, b))).isSameAs(backup);
        assertThat(pool.hasMember(Set.of(a, b), null)).isTrue();
        assertThat(pool.hasMember(pool.members(), null)).isFalse();
    }

    @Test
    void aMemberThatComesBackStartsSlowly() {
        Pool pool = builder().members(2, 2).slowStart(Duration.ofSeconds(10)).build();
        observe(pool, 0, HealthState.DOWN);
        observe(pool, 0, HealthState.RISING);
        assertThat(weights(pool)).containsExactly(0.0, 2.0);
        observe(pool, 0, HealthState.UP);
        assertThat(weights(pool)).containsExactly(0.2, 2.0);
        later(pool, 5000);
        assertThat(weights(pool)).containsExactly(1.0, 2.0);
        later(pool, 4999);
        assertThat(weights(pool)).containsExactly(1.9, 2.0);
        later(pool, 1);
        assertThat(weights(pool)).containsExactly(2.0, 2.0);
    }

    @Test
    void noMemberStartsSlowlyWithTheProcess() {
        Pool pool = builder()
                .members(1, 1)
                .checked()
                .slowStart(Duration.ofSeconds(10))
                .build();
        observe(pool, 0, HealthState.UP);
        observe(pool, 1, HealthState.UNRESOLVED);
        observe(pool, 1, HealthState.UP);
        assertThat(weights(pool)).containsExactly(1.0, 1.0);
    }

    @Test
    void aMemberThatFallsAndRecoversWithoutGoingDownKeepsItsWeight() {
        Pool pool = builder().members(1, 1).slowStart(Duration.ofSeconds(10)).build();
        observe(pool, 0, HealthState.FALLING);
        observe(pool, 0, HealthState.UP);
        assertThat(weights(pool)).containsExactly(1.0, 1.0);
    }

    @Test
    void aRampMakesAPickerPerStepAndNoneOnceItIsOver() {
        Pool pool = builder().members(1, 1).slowStart(Duration.ofSeconds(10)).build();
        observe(pool, 0, HealthState.DOWN);
        observe(pool, 0, HealthState.UP);
        int before = pickers.get();
        for (int i = 0; i < 200; i++) {
            later(pool, 100);
        }
        assertThat(pickers.get() - before).isEqualTo(18);
        assertThat(weights(pool)).containsExactly(1.0, 1.0);
    }

    @Test
    void belowMinAvailableAllAreUsed() {
        Pool pool = builder().members(1, 2, 1, 1).minAvailable("50%").build();
        observe(pool, 0, HealthState.DOWN);
        observe(pool, 1, HealthState.EJECTED);
        assertThat(pool.isFailOpen()).as("half of them are up: not below").isFalse();
        assertThat(weights(pool)).containsExactly(0.0, 0.0, 1.0, 1.0);
        observe(pool, 2, HealthState.DOWN);
        assertThat(pool.isFailOpen()).isTrue();
        assertThat(weights(pool)).containsExactly(1.0, 2.0, 1.0, 1.0);
        observe(pool, 1, HealthState.UP);
        assertThat(pool.isFailOpen()).isFalse();
        assertThat(weights(pool)).containsExactly(0.0, 2.0, 0.0, 1.0);
    }

    @Test
    void anOrderedWeightStandsOverTheFilesAndIsToldOnce() {
        List<String> told = new ArrayList<>();
        Pool pool = builder()
                .members(1, 3)
                .listener(new PoolListener() {
                    @Override
                    public void changed(Pool changed, Member member, Transition transition) {
                        told.add(member.id() + " " + transition.source() + " " + transition.from() + " to "
                                + transition.to());
                    }

                    @Override
                    public void failsOpen(Pool changed, boolean open) {}

                    @Override
                    public void divides(Pool changed, SortedMap<Integer, Double> shares) {}
                })
                .build();
        Member a = pool.members().get(0);
        pool.order(a, 5);
        pool.order(a, 5);
        assertThat(weights(pool)).containsExactly(5.0, 3.0);
        assertThat(pool.status(a).weight()).isEqualTo(5);
        assertThat(pool.status(a).configuredWeight()).isEqualTo(1);
        assertThat(pool.status(a)).isEqualTo(pool.status().get(0));
        pool.order(a, 1);
        assertThat(weights(pool)).containsExactly(1.0, 3.0);
        assertThat(told).containsExactly("a OPERATOR weight 1 to weight 5", "a OPERATOR weight 5 to weight 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 257})
    void aWeightThatIsNoneIsRefused(int weight) {
        Pool pool = builder().members(1, 3).build();
        Member a = pool.members().get(0);
        assertThatThrownBy(() -> pool.order(a, weight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight: " + weight + " (expected: 1 to 256)");
        assertThat(weights(pool)).containsExactly(1.0, 3.0);
    }

    @Test
    void anOrderedWeightStartsSlowlyToo() {
        Pool pool = builder().members(1, 1).slowStart(Duration.ofSeconds(10)).build();
        observe(pool, 0, HealthState.DOWN);
        observe(pool, 0, HealthState.UP);
        pool.order(pool.members().get(0), 20);
        assertThat(weights(pool)).containsExactly(2.0, 1.0);
        later(pool, 5000);
        assertThat(weights(pool)).containsExactly(10.0, 1.0);
    }

    @Test
    void failingOpenUsesNobodyWhoCouldNotServeAnyhow() {
        Pool pool = builder().members(1, 1, 1).minAvailable("100%").build();
        pool.order(pool.members().get(0), AdminState.MAINTENANCE);
        observe(pool, 1, HealthState.UNRESOLVED);
        assertThat(pool.isFailOpen()).as("there is nobody to gain").isFalse();
        observe(pool, 2, HealthState.DOWN);
        assertThat(pool.isFailOpen()).isTrue();
        assertThat(weights(pool)).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void aPoolDoesNotFailOpenBeforeAllOfItIsKnown() {
        Pool pool = builder().members(1, 1).checked().minAvailable("100%").build();
        assertThat(pool.isFailOpen()).isFalse();
        assertThat(pool.canServe()).isFalse();
        observe(pool, 0, HealthState.DOWN);
        assertThat(pool.isFailOpen()).as("the other is not known yet").isFalse();
        observe(pool, 1, HealthState.DOWN);
        assertThat(pool.isFailOpen()).isTrue();
        assertThat(weights(pool)).containsExactly(1.0, 1.0);
    }

    @Test
    void withoutMinAvailableAPoolOfDownMembersServesNobody() {
        Pool pool = builder().members(1).build();
        observe(pool, 0, HealthState.DOWN);
        assertThat(pool.canServe()).isFalse();
        assertThat(pool.isFailOpen()).isFalse();
    }

    @Test
    void aDrainedMemberKeepsItsSessionsAndGetsNothingElse() {
        Pool pool = builder().members(1, 1).build();
        Member drained = pool.members().get(0);
        pool.order(drained, AdminState.DRAIN);
        assertThat(weights(pool)).containsExactly(0.0, 1.0);
        assertThat(pick(pool, Set.of())).isNotSameAs(drained);
        assertThat(pickAtHome(pool, drained)).isSameAs(drained);
        pool.order(drained, AdminState.MAINTENANCE);
        assertThat(pickAtHome(pool, drained)).isNotSameAs(drained);
        pool.order(drained, AdminState.READY);
        assertThat(weights(pool)).containsExactly(1.0, 1.0);
    }

    @Test
    void aSessionWhoseMemberIsOutGoesElsewhere() {
        Pool pool = builder().members(1, 1).build();
        Member home = pool.members().get(1);
        assertThat(pickAtHome(pool, home)).isSameAs(home);
        observe(pool, 1, HealthState.DOWN);
        assertThat(pickAtHome(pool, home)).isNotSameAs(home);
    }

    private PoolBuilder builder() {
        return new PoolBuilder("app").ticker(() -> now).strategy(candidates -> {
            pickers.incrementAndGet();
            return key -> candidates.get(0).member();
        });
    }

    private void later(Pool pool, long millis) {
        now += millis * 1_000_000;
        pool.refresh();
    }

    private static void observe(Pool pool, int member, HealthState state) {
        Health health = new Health(state, Instant.EPOCH, Source.ACTIVE, "because the test says so");
        pool.observe(pool.members().get(member), health);
    }

    private static List<Double> weights(Pool pool) {
        return pool.status().stream().map(MemberStatus::effectiveWeight).toList();
    }

    private static @Nullable Member pick(Pool pool, Collection<Member> tried) {
        Lease lease = pool.tryLease(RequestKey.NONE, tried, null);
        return lease == null ? null : lease.member();
    }

    private static @Nullable Member pickAtHome(Pool pool, Member home) {
        Lease lease = pool.tryLease(RequestKey.NONE, Set.of(), home);
        return lease == null ? null : lease.member();
    }
}
