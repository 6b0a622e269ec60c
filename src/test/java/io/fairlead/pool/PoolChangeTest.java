package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** A pool that becomes something else while it is at work. */
class PoolChangeTest {
    private record Other() {}

    private long now;
    private final List<String> told = new ArrayList<>();

    private final PoolListener listener = new PoolListener() {
        @Override
        public void changed(Pool pool, Member member, Transition transition) {
            told.add(member.id() + ": " + transition.from() + " -> " + transition.to());
        }

        @Override
        public void failsOpen(Pool pool, boolean open) {}

        @Override
        public void divides(Pool pool, SortedMap<Integer, Double> shares) {}
    };

    private PoolBuilder builder() {
        return new PoolBuilder("app").listener(listener).ticker(() -> now);
    }

    private static void become(Pool pool, PoolBuilder next) {
        become(pool, next, candidates -> key -> candidates.get(0).member());
    }

    private static void become(Pool pool, PoolBuilder next, BalancingStrategy strategy) {
        PoolSettings settings = next.settings();
        PoolParts parts = pool.parts().renewed(pool.name(), pool.intent().file(), settings, any -> strategy);
        pool.become(pool.intent().after(settings), parts);
    }

    private static Lease lease(Pool pool, Set<Member> tried) {
        return Objects.requireNonNull(pool.tryLease(RequestKey.NONE, tried, null));
    }

    private static Health health(HealthState state) {
        return new Health(state, Instant.EPOCH, Source.ACTIVE, "as the test says");
    }

    @Test
    void aMemberThatStaysKeepsWhatItHas() {
        Pool pool = builder().members(1, 1).checked().build();
        Member a = pool.members().get(0);
        Member b = pool.members().get(1);
        pool.observe(a, health(HealthState.UP));
        pool.observe(b, health(HealthState.DOWN));
        lease(pool, Set.of());

        become(pool, builder().members(3, 1, 1).checked());
        assertThat(pool.members()).hasSize(3).startsWith(a, b);
        assertThat(a.inFlight()).isEqualTo(1);
        assertThat(pool.status())
                .extracting(status -> status.health().state(), MemberStatus::weight)
                .containsExactly(tuple(HealthState.UP, 3), tuple(HealthState.DOWN, 1), tuple(HealthState.CHECKING, 1));
        assertThat(pool.history(a).newestFirst()).hasSize(2); // came up; its weight
    }

    @Test
    void aMemberThatGoesFinishesWhatItHasAndGetsNothingNew() {
        Pool pool = builder().members(1, 1).build();
        Member a = pool.members().get(0);
        Lease open = lease(pool, Set.of());
        assertThat(open.member()).isSameAs(a);

        become(pool, new PoolBuilder("app").member("10.0.0.1:9002", "b", 1, 0));
        assertThat(pool.members()).extracting(Member::id).containsExactly("b");
        assertThat(lease(pool, Set.of()).member()).isNotSameAs(a);
        assertThat(a.inFlight()).isEqualTo(1);
        open.close(Outcome.RESET, 0);
        assertThat(a.inFlight()).isZero();
        assertThatThrownBy(() -> pool.status(a)).hasMessage("app/a: no member of pool app");
    }

    @Test
    void oneOfTheSameIdAtAnotherAddressIsAnotherMember() {
        Pool pool = builder().members(1).checked().build();
        pool.observe(pool.members().get(0), health(HealthState.UP));
        Member before = pool.members().get(0);
        become(pool, new PoolBuilder("app").checked().member("10.0.0.99:1", "a", 1, 0));
        Member after = pool.members().get(0);
        assertThat(after).isNotSameAs(before);
        assertThat(after.address()).isEqualTo(MemberAddress.parse("10.0.0.99:1"));
        assertThat(pool.status(after).health().state()).isEqualTo(HealthState.CHECKING);
    }

    @Test
    void aStrategyHearsTheEndOfWhatItHeardTheBeginningOf() {
        Counting first = new Counting();
        Counting second = new Counting();
        Pool pool = builder().members(1, 1).strategy(first).build();
        Lease early = lease(pool, Set.of());
        become(pool, builder().members(1, 1).choice(new Choice("other", new Other())), second);
        Lease late = lease(pool, Set.of());
        early.close(Outcome.ANSWERED, 0);
        late.close(Outcome.ANSWERED, 0);
        assertThat(first.heard).containsExactly("picker", "opened", "closed");
        assertThat(second.heard).containsExactly("picker", "opened", "closed");
    }

    @Test
    void aStrategyThatIsNotChangedStaysAndIsAskedAgainOnlyForOtherCandidates() {
        Counting strategy = new Counting();
        Pool pool = builder().members(1, 1).strategy(strategy).build();
        become(pool, builder().members(1, 1).maxQueue(7), new Counting());
        assertThat(pool.settings().maxQueue()).isEqualTo(7);
        assertThat(strategy.heard).containsExactly("picker");
        become(pool, builder().members(1, 2), new Counting());
        assertThat(strategy.heard).containsExactly("picker", "picker");
    }

    @Test
    void moreRoomServesThoseWhoWait() {
        Pool pool = builder().members(1).maxConnections(1).build();
        lease(pool, Set.of());
        List<Lease> granted = new ArrayList<>();
        assertThat(pool.queue(Set.of(), null, granted::add)).isNotNull();
        assertThat(granted).isEmpty();
        become(pool, builder().members(1).maxConnections(2));
        assertThat(granted).hasSize(1);
        assertThat(pool.queued()).isZero();
        become(pool, builder().members(1).maxConnections(1));
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNull();
    }

    @Test
    void aMemberThatComesStartsSlowlyWhenItFirstServes() {
        Duration slow = Duration.ofSeconds(10);
        Pool pool = builder().members(1).checked().slowStart(slow).build();
        pool.observe(pool.members().get(0), health(HealthState.UP));
        assertThat(pool.status().get(0).slowStart()).isFalse();

        become(pool, builder().members(1, 1).checked().slowStart(slow));
        now += Duration.ofMinutes(1).toNanos();
        Member b = pool.members().get(1);
        pool.observe(b, health(HealthState.UP));
        assertThat(pool.status(b).slowStart()).isTrue();
        assertThat(pool.status(b).effectiveWeight()).isLessThan(0.2);
        now += slow.toNanos();
        pool.refresh();
        assertThat(pool.status(b).effectiveWeight()).isEqualTo(1);
    }

    @Test
    void ordersAreToldOneByOneAndAFileIsNot() {
        Pool pool = builder().members(1, 1).build();
        Member a = pool.members().get(0);
        pool.order(a, AdminState.DRAIN);
        pool.order(a, 5);
        Member c = pool.add(new MemberSettings(MemberAddress.parse("10.0.0.7:80"), "c", 1, 0, AdminState.READY));
        pool.remove(pool.members().get(1));
        assertThat(told)
                .containsExactly(
                        "a: ready -> drain", "a: weight 1 -> weight 5", "c: absent -> added", "b: present -> removed");
        assertThat(pool.members()).containsExactly(a, c);
        become(pool, builder().members(2, 2, 2));
        assertThat(told).hasSize(4);
    }

    @Test
    void ordersStandWhereTheFileSaysNothingNew() {
        Pool pool = builder().members(1, 1).build();
        pool.order(pool.members().get(0), 5);
        pool.order(pool.members().get(1), AdminState.MAINTENANCE);
        become(pool, builder().members(1, 1).maxQueue(3));
        assertThat(pool.drift())
                .extracting(Drift::toString)
                .containsExactly("app/a: weight 5 instead of 1", "app/b: maintenance");
        become(pool, builder().members(2, 1));
        assertThat(pool.drift()).extracting(Drift::toString).containsExactly("app/b: maintenance");
        assertThat(pool.status()).extracting(MemberStatus::weight).containsExactly(2, 1);
    }

    @Test
    void whatCannotBeOrderedIsRefusedAndChangesNothing() {
        Pool pool = builder().members(1).build();
        Member a = pool.members().get(0);
        assertThatThrownBy(() -> pool.remove(a)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.add(pool.settings().members().get(0)))
                .hasMessageContaining("is a member of the pool already");
        assertThatThrownBy(() -> pool.order(a, 257)).hasMessage("weight: 257 (expected: 1 to 256)");
        assertThat(pool.drift()).isEmpty();
        assertThat(pool.members()).containsExactly(a);
        assertThat(told).isEmpty();
    }

    private static final class Counting implements BalancingStrategy {
        private final List<String> heard = new ArrayList<>();

        @Override
        public Picker picker(List<Candidate> candidates) {
            heard.add("picker");
            return key -> candidates.get(0).member();
        }

        @Override
        public void opened(Member member) {
            heard.add("opened");
        }

        @Override
        public void closed(Lease lease) {
            heard.add("closed");
        }
    }

    @Test
    void whoComesBackFromMaintenanceIsLookedAtAnewAndThenStartsSlowly() {
        Pool pool = builder()
                .members(1, 1)
                .checked()
                .slowStart(Duration.ofSeconds(10))
                .build();
        Member a = pool.members().get(0);
        pool.members().forEach(member -> pool.observe(member, health(HealthState.UP)));
        pool.order(a, AdminState.MAINTENANCE);
        assertThat(pool.status(a).health().state()).as("the last that is known").isEqualTo(HealthState.UP);
        pool.order(a, AdminState.READY);
        assertThat(pool.status(a).health().state()).isEqualTo(HealthState.CHECKING);
        assertThat(pool.serves(a)).isFalse();
        pool.observe(a, health(HealthState.UP));
        assertThat(pool.serves(a)).isTrue();
        assertThat(pool.status(a).effectiveWeight()).isLessThan(1);
    }

    @Test
    void aMemberInMaintenanceThatNobodyEverLookedAtHindersNobodyFromFailingOpen() {
        Pool pool = builder().members(1, 1, 1).checked().minAvailable("100%").build();
        pool.order(pool.members().get(0), AdminState.MAINTENANCE);
        pool.observe(pool.members().get(1), health(HealthState.DOWN));
        pool.observe(pool.members().get(2), health(HealthState.UP));
        assertThat(pool.isFailOpen()).isTrue();
    }
}
