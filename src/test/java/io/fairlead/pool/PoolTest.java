package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Choice;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolTest {
    private record NoOptions() {}

    private static final Choice SCRIPTED = new Choice("scripted", new NoOptions());

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
        assertThat(pool.pick(RequestKey.NONE, Set.of())).isNull();
        assertThat(pool.status()).allMatch(status -> status.health().state() == HealthState.CHECKING);
        assertThat(published).isEmpty();

        Member b = pool.members().get(1);
        pool.observe(b, health(HealthState.UP));
        assertThat(pool.canServe()).isTrue();
        assertThat(pool.pick(RequestKey.NONE, Set.of())).isSameAs(b);
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
        assertThat(pool.pick(RequestKey.NONE, Set.of())).isNull();
        assertThat(pool.canServe()).isFalse();
    }

    @Test
    void aMemberThatWasTriedIsNotReturned() {
        Pool pool = pool(false, 1, 1, 1);
        List<Member> tried = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Member picked = pool.pick(RequestKey.NONE, tried);
            assertThat(picked).isNotNull().isNotIn(tried);
            tried.add(picked);
        }
        assertThat(pool.pick(RequestKey.NONE, tried)).isNull();
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
        assertThat(pool.pick(RequestKey.NONE, Set.of(a))).isSameAs(b);
        leases.get(0).close(Outcome.ANSWERED, 0);
        assertThat(pool.pick(RequestKey.NONE, Set.of(a))).isSameAs(c);
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
        new Pool(
                "app",
                settings(false, 3, 256),
                candidates -> {
                    candidates.stream().map(Candidate::weight).forEach(weights::add);
                    return key -> candidates.get(0).member();
                },
                () -> Instant.EPOCH);
        assertThat(weights).containsExactly(3.0, 256.0);
    }

    private Pool pool(boolean checked, int... weights) {
        return new Pool("app", settings(checked, weights), first, () -> Instant.EPOCH);
    }

    /** Members a, b, c, ... with these weights. */
    private static PoolSettings settings(boolean checked, int... weights) {
        List<MemberSettings> members = new ArrayList<>();
        for (int weight : weights) {
            String id = String.valueOf((char) ('a' + members.size()));
            members.add(new MemberSettings(new MemberAddress("10.0.0.1", 9001 + members.size()), id, weight));
        }
        Duration second = Duration.ofSeconds(1);
        Optional<HealthSettings> health = checked
                ? Optional.of(new HealthSettings(
                        SCRIPTED, second, second, 2, 3, second, second, Share.parse("0%"), HealthSettings.Start.DOWN))
                : Optional.empty();
        return new PoolSettings(
                SCRIPTED,
                members,
                "preserve",
                health,
                new RetrySettings(3, Set.of(), Share.parse("20%"), false),
                new TimeoutSettings(second, second, second));
    }

    private static Health health(HealthState state) {
        return new Health(state, Instant.EPOCH, "because the test says so", Optional.empty());
    }
}
