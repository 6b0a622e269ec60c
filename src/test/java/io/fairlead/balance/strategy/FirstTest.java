package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.equal;
import static io.fairlead.balance.strategy.Traffic.limited;
import static io.fairlead.balance.strategy.Traffic.weighing;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Providers;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstTest extends StrategyContract {
    @Override
    protected BalancingStrategy strategy() {
        return new First();
    }

    @Override
    protected boolean isWeighted() {
        return false;
    }

    @Override
    protected boolean isSpreading() {
        return false;
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "first")).isInstanceOf(First.Named.class);
    }

    @Test
    void withoutALimitAllGoesToTheFirst() {
        Traffic traffic = new Traffic(strategy(), weighing(1, 5, 9));
        for (int i = 0; i < 1000; i++) {
            assertThat(traffic.send()).isZero();
        }
    }

    @Test
    void fillsOneAfterTheOtherAndThenTheFirst() {
        Traffic traffic = new Traffic(strategy(), limited(2, 1, 1, 1));
        for (int expected : new int[] {0, 0, 1, 1, 2, 2, 0, 0}) {
            assertThat(traffic.send()).isEqualTo(expected);
        }
    }

    @Test
    void oneWithoutALimitTakesAllThatOthersCannot() {
        List<Candidate> candidates = limited(1, 1, 1, 1);
        candidates.set(1, new Candidate(candidates.get(1).member(), 1));
        Traffic traffic = new Traffic(strategy(), candidates);
        for (int expected : new int[] {0, 1, 1, 1, 1}) {
            assertThat(traffic.send()).isEqualTo(expected);
        }
    }

    @Test
    void isAlwaysTheLowestWithRoomWhateverEnds() {
        int members = 200; // several words of bits
        int capacity = 3;
        Traffic traffic = new Traffic(strategy(), limited(capacity, equal(members)));
        Random random = new Random(6);
        for (int step = 0; step < 100_000; step++) {
            // in turns filling up and emptying
            if (random.nextInt(100) < (step / 2000 % 2 == 0 ? 70 : 30)) {
                int lowest = 0;
                while (lowest < members && traffic.inFlight(lowest) >= capacity) {
                    lowest++;
                }
                assertThat(traffic.send()).isEqualTo(lowest == members ? 0 : lowest);
            } else {
                traffic.end(random.nextInt(members));
            }
        }
    }

    @Test
    void aNewPickerKnowsWhoIsFull() {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = limited(1, 1, 1, 1);
        Traffic before = new Traffic(strategy, candidates);
        assertThat(before.send()).isZero();
        assertThat(before.send()).isEqualTo(1);

        Traffic after = new Traffic(strategy, candidates);
        assertThat(after.send()).isEqualTo(2);
        before.end(1);
        assertThat(after.send()).isEqualTo(1);
    }

    @Test
    void anEndDuringAPickIsNotLost() throws InterruptedException {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = limited(1, 1, 1);
        Picker picker = strategy.picker(candidates);
        AtomicInteger started = new AtomicInteger();
        AtomicInteger picked = new AtomicInteger();
        int rounds = 20_000;
        Thread other = new Thread(() -> {
            for (int round = 1; round <= rounds; round++) {
                await(started, round);
                picker.pick(RequestKey.NONE);
                picked.set(round);
            }
        });
        other.setDaemon(true); // should an assertion fail, it waits for ever
        other.start();
        for (int round = 1; round <= rounds; round++) {
            Lease lease = picker.pick(RequestKey.NONE).lease(strategy::closed);
            started.set(round);
            lease.close(Outcome.ANSWERED, 0);
            await(picked, round);
            assertThat(picker.pick(RequestKey.NONE)).isSameAs(candidates.get(0).member());
        }
        other.join();
    }

    private static void await(AtomicInteger number, int value) {
        while (number.get() != value) {
            Thread.onSpinWait();
        }
    }
}
