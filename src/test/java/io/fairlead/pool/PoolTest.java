package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolTest {
    /** The lists of candidates that pickers were asked for; the picker answers with the first. */
    private final List<List<String>> published = new ArrayList<>();

    private final BalancingStrategy first = candidates -> {
        published.add(
                candidates.stream().map(candidate -> candidate.member().id()).toList());
        return key -> candidates.get(0).member();
    };

    @Test
    void membersThatNothingChecksServeAtOnce() {
        Pool pool = pool(false, 1, 1, 1);
        assertThat(pool.canServe()).isTrue();
        assertThat(published).containsExactly(List.of("a", "b", "c"));
        assertThat(pool.status()).allMatch(status -> status.health().state() == HealthState.UP);
    }

    @Test
    void membersThatAreCheckedServeOnlyOnceTheyAreKnownToBeWell() {
        Pool pool = pool(true, 1, 1);
        assertThat(pool.canServe()).isFalse();
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNull();
        assertThat(pool.status()).allMatch(status -> status.health().state() == HealthState.CHECKING);
        assertThat(published).isEmpty();

        Member b = pool.members().get(1);
        pool.observe(b, health(HealthState.UP));
        assertThat(pool.canServe()).isTrue();
        assertThat(member(pool, Set.of())).isSameAs(b);
    }

    @Test
    void thoseThatServeAreCountedWhateverHappens() {
        Pool pool = pool(true, 1, 1, 1, 1);
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            Member member = pool.members().get(random.nextInt(4));
            if (random.nextBoolean()) {
                pool.observe(member, health(HealthState.values()[random.nextInt(HealthState.values().length)]));
            } else {
                pool.order(member, AdminState.values()[random.nextInt(AdminState.values().length)]);
            }
            assertThat(pool.serving()).isEqualTo((int)
                    pool.members().stream().filter(pool::serves).count());
        }
    }

    @Test
    void onlyMembersThatServeAreCandidates() {
        Pool pool = pool(false, 1, 1, 1, 1, 1, 1, 1);
        HealthState[] states = HealthState.values();
        for (int i = 0; i < states.length; i++) {
            pool.observe(pool.members().get(i), health(states[i]));
        }
        assertThat(published.get(published.size() - 1)).containsExactly("a", "b"); // UP and FALLING
        assertThat(pool.status())
                .extracting(MemberStatus::effectiveWeight)
                .containsExactly(1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void aFlipRepublishesAndNothingElseDoes() {
        Pool pool = pool(false, 1, 1);
        Member a = pool.members().get(0);
        pool.observe(a, health(HealthState.FALLING));
        assertThat(published).hasSize(1);
        pool.observe(a, health(HealthState.DOWN));
        pool.observe(a, health(HealthState.RISING));
        assertThat(published).containsExactly(List.of("a", "b"), List.of("b"));
        pool.observe(a, health(HealthState.UP));
        assertThat(published).hasSize(3).last().isEqualTo(List.of("a", "b"));
        assertThat(pool.status().get(0).health().state()).isEqualTo(HealthState.UP);
    }

    @Test
    void withoutCandidatesThereIsNoPick() {
        Pool pool = pool(false, 1);
        pool.observe(pool.members().get(0), health(HealthState.DOWN));
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNull();
        assertThat(pool.canServe()).isFalse();
    }

    @Test
    void aMemberThatWasTriedIsNotReturned() {
        Pool pool = pool(false, 1, 1, 1);
        List<Member> tried = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Member picked = member(pool, tried);
            assertThat(picked).isNotNull().isNotIn(tried);
            tried.add(picked);
        }
        assertThat(member(pool, tried)).isNull();
        assertThat(pool.hasMember(tried, null)).isFalse();
    }

    @Test
    void theLeastLoadedForItsWeightStandsInForOneThatWasTried() {
        Pool pool = pool(false, 1, 1, 4);
        Member a = pool.members().get(0);
        Member b = pool.members().get(1);
        Member c = pool.members().get(2);
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            leases.add(c.lease(lease -> {}));
        }
        // b would have (0 + 1) / 1, c has (3 + 1) / 4: the first on a tie
        assertThat(member(pool, Set.of(a))).isSameAs(b);
        leases.get(0).close(Outcome.ANSWERED, 0);
        assertThat(member(pool, Set.of(a))).isSameAs(c);
    }

    @Test
    void refusesToHearOfAStranger() {
        Pool pool = pool(false, 1);
        Member stranger = new Member("app", "a", new MemberAddress("10.0.0.1", 9001));
        assertThatThrownBy(() -> pool.observe(stranger, health(HealthState.UP)))
                .hasMessage("app/a: no member of pool app");
    }

    @Test
    void weightsReachTheStrategy() {
        List<Double> weights = new ArrayList<>();
        new PoolBuilder("app")
                .members(3, 256)
                .strategy(candidates -> {
                    candidates.stream().map(Candidate::weight).forEach(weights::add);
                    return key -> candidates.get(0).member();
                })
                .build();
        assertThat(weights).containsExactly(3.0, 256.0);
    }

    @Test
    void aStrategyHearsOfTheRequestsThatMembersReallyGot() {
        List<String> heard = new ArrayList<>();
        Pool pool = new PoolBuilder("app")
                .members(1, 1)
                .strategy(new BalancingStrategy() {
                    @Override
                    public Picker picker(List<Candidate> candidates) {
                        return key -> candidates.get(0).member();
                    }

                    @Override
                    public void opened(Member member) {
                        heard.add("opened " + member.id() + " " + member.inFlight());
                    }

                    @Override
                    public void closed(Lease lease) {
                        heard.add("closed " + lease.member().id() + " "
                                + lease.member().inFlight() + " " + lease.outcome());
                    }
                })
                .build();
        Set<Member> tried = Set.of(pool.members().get(0));
        Lease lease = Objects.requireNonNull(pool.tryLease(RequestKey.NONE, tried, null));
        lease.close(Outcome.RESET, 0);
        assertThat(heard).containsExactly("opened b 1", "closed b 0 RESET");
    }

    /** The member that a request would get; its lease is closed again. */
    private static @Nullable Member member(Pool pool, Collection<Member> tried) {
        Lease lease = pool.tryLease(RequestKey.NONE, tried, null);
        if (lease == null) {
            return null;
        }
        lease.close(Outcome.ABANDONED, 0);
        return lease.member();
    }

    private Pool pool(boolean checked, int... weights) {
        PoolBuilder builder = new PoolBuilder("app").members(weights).strategy(first);
        return (checked ? builder.checked() : builder).build();
    }

    private static Health health(HealthState state) {
        return new Health(state, Instant.EPOCH, Source.ACTIVE, "because the test says so");
    }
}
