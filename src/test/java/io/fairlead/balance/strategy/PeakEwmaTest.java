package io.fairlead.balance.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Providers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The contract (where time stands still), and each rule alone; what they come to is in the simulations. */
class PeakEwmaTest extends StrategyContract {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final int ENOUGH = 200;

    private final PeakEwma strategy = new PeakEwma(
            new PeakEwmaOptions(Duration.ofSeconds(10)),
            new StrategyProvider.Environment(() -> this.now, new Random(4)));
    private long now;

    @Override
    protected BalancingStrategy strategy() {
        return strategy;
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "peak-ewma")).isInstanceOf(PeakEwma.Named.class);
    }

    @Test
    void prefersTheFast() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(0), 5 * MILLISECOND);
        serve(candidates.get(1), 50 * MILLISECOND);
        assertThat(picks(picker, candidates.get(0))).isEqualTo(ENOUGH);
    }

    @Test
    void theSlowGetItsShareOnceTheFastIsBusyEnough() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(0), 5 * MILLISECOND);
        serve(candidates.get(1), 50 * MILLISECOND);
        open(candidates.get(0), 9);
        assertThat(picks(picker, candidates.get(0)))
                .as("5 ms x 10 and 50 ms x 1")
                .isEqualTo(ENOUGH);
        open(candidates.get(0), 1);
        assertThat(picks(picker, candidates.get(0))).as("5 ms x 11").isZero();
    }

    @Test
    void theHeavyMayHaveMoreInFlight() {
        List<Candidate> candidates = candidates(4, 1);
        Picker picker = strategy.picker(candidates);
        open(candidates.get(0), 3);
        open(candidates.get(1), 1);
        assertThat(picks(picker, candidates.get(0))).as("4 / 4 and 2 / 1").isEqualTo(ENOUGH);
        open(candidates.get(0), 5);
        assertThat(picks(picker, candidates.get(0))).as("9 / 4 and 2 / 1").isZero();
    }

    @Test
    void latenciesWithinAFactorOfThreeCountAsEqual() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(0), 5 * MILLISECOND);
        serve(candidates.get(1), 15 * MILLISECOND);
        for (int turn = 0; turn < ENOUGH; turn++) {
            assertThat(picker.pick(RequestKey.NONE))
                    .as("the one that waited longer")
                    .isEqualTo(candidates.get(turn % 2).member());
            strategy.opened(candidates.get(turn % 2).member());
        }
        open(candidates.get(0), 1);
        assertThat(picks(picker, candidates.get(0))).as("the busier").isZero();
    }

    @Test
    void whatIsKnownAgainstAMemberFades() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(1), 60 * MILLISECOND);
        serve(candidates.get(0), 5 * MILLISECOND);
        open(candidates.get(0), 1);
        now += 13 * SECOND; // e^-1.3 = 0.27, and 60 ms becomes 16.4
        assertThat(picks(picker, candidates.get(0))).isEqualTo(ENOUGH);
        now += SECOND; // 14.8
        assertThat(picks(picker, candidates.get(0))).isZero();
    }

    @Test
    void whatIsKnownInFavourOfAMemberDoesNotGrow() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(0), 5 * MILLISECOND);
        now += 100 * SECOND;
        serve(candidates.get(1), 5 * MILLISECOND);
        open(candidates.get(0), 1);
        assertThat(picks(picker, candidates.get(0))).as("one more in flight").isZero();
    }

    @Test
    void theUnknownHasNoMoreInFlightThanOthers() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(0), 5 * MILLISECOND);
        open(candidates.get(0), 3);
        open(candidates.get(1), 2);
        assertThat(picks(picker, candidates.get(1))).isEqualTo(ENOUGH);
        open(candidates.get(1), 2);
        assertThat(picks(picker, candidates.get(1))).isZero();
    }

    @Test
    void theSlowIsTriedAgainAfterTenTurnsAndTenTimesItsAverage() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(1), 50 * MILLISECOND);
        for (int turn = 0; turn < 19; turn++) {
            serve(candidates.get(0), 5 * MILLISECOND);
        }
        now += SECOND;
        assertThat(picks(picker, candidates.get(1))).as("19 of 20 turns").isZero();
        serve(candidates.get(0), 5 * MILLISECOND);
        now -= SECOND;
        assertThat(picks(picker, candidates.get(1))).as("150 of 500 ms").isZero();
        now += SECOND;
        assertThat(picks(picker, candidates.get(1))).isEqualTo(ENOUGH);
        Lease trial = open(candidates.get(1), 1).get(0);
        assertThat(picks(picker, candidates.get(1))).as("one at a time").isZero();
        answer(trial, 5 * MILLISECOND);
        open(candidates.get(0), 1);
        assertThat(picks(picker, candidates.get(1))).as("an equal again").isEqualTo(ENOUGH);
    }

    @Test
    void theVerySlowIsTriedAgainAfterTheDecay() {
        List<Candidate> candidates = candidates(1, 1);
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(1), 50 * SECOND);
        for (int turn = 0; turn < 20; turn++) {
            serve(candidates.get(0), 5 * MILLISECOND);
        }
        now += 9 * SECOND;
        assertThat(picks(picker, candidates.get(1))).isZero();
        now += SECOND;
        assertThat(picks(picker, candidates.get(1))).isEqualTo(ENOUGH);
    }

    @Test
    void theFullLoses() {
        List<Candidate> free = candidates(1, 1, 1);
        List<Candidate> candidates = new ArrayList<>(free);
        candidates.set(0, new Candidate(free.get(0).member(), 1, 1));
        candidates.set(1, new Candidate(free.get(1).member(), 1, 1));
        Picker picker = strategy.picker(candidates);
        serve(candidates.get(2), 500 * MILLISECOND);
        serve(candidates.get(1), 5 * MILLISECOND);
        serve(candidates.get(0), 5 * MILLISECOND);
        open(candidates.get(0), 1);
        open(candidates.get(1), 1);
        assertThat(picks(picker, candidates.get(2)))
                .as("even if both that were drawn are full")
                .isEqualTo(ENOUGH);
    }

    @Test
    void whoIsNoCandidateIsForgottenWhenItsAverageHasFadedToNothing() {
        List<Candidate> candidates = candidates(1, 1, 1);
        strategy.picker(candidates);
        candidates.forEach(candidate -> serve(candidate, 5 * MILLISECOND));
        List<Candidate> rest = candidates.subList(0, 1);
        now += 150 * SECOND; // ln(5 ms / 1 ns) = 15.4 decays
        strategy.picker(rest);
        assertThat(strategy.remembered()).isEqualTo(3);
        now += 5 * SECOND;
        strategy.picker(rest);
        assertThat(strategy.remembered()).isEqualTo(1);
        serve(candidates.get(2), 5 * MILLISECOND); // its last request ends late
        assertThat(strategy.remembered()).isEqualTo(1);
    }

    @Test
    void whatIsKnownOutlivesAChangeOfCandidates() {
        List<Candidate> candidates = candidates(1, 1);
        strategy.picker(candidates);
        serve(candidates.get(0), 5 * MILLISECOND);
        serve(candidates.get(1), 50 * MILLISECOND);
        strategy.picker(candidates.subList(0, 1));
        assertThat(picks(strategy.picker(candidates), candidates.get(0))).isEqualTo(ENOUGH);
    }

    private int picks(Picker picker, Candidate of) {
        int count = 0;
        for (int i = 0; i < ENOUGH; i++) {
            count += picker.pick(RequestKey.NONE) == of.member() ? 1 : 0;
        }
        return count;
    }

    private void serve(Candidate candidate, long latency) {
        answer(open(candidate, 1).get(0), latency);
    }

    /** Opens leases as the pool does. */
    private List<Lease> open(Candidate candidate, int requests) {
        Member member = candidate.member();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            leases.add(member.lease(strategy::closed));
            strategy.opened(member);
            leases.get(i).sent(now);
        }
        return leases;
    }

    private void answer(Lease lease, long latency) {
        now += latency;
        lease.answered(200, now);
        lease.close(Outcome.ANSWERED, now);
    }
}
