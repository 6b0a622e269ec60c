package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.chance;
import static io.fairlead.balance.strategy.Traffic.equal;
import static io.fairlead.balance.strategy.Traffic.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of candidates at their limit: the same for every strategy that may choose freely. */
class FullCandidatesTest {
    static Stream<Named<Supplier<BalancingStrategy>>> strategies() {
        return Stream.of(
                Named.of("round-robin", () -> new RoundRobin(0)),
                Named.of("least-connections", () -> new LeastConnections(chance(7))),
                Named.of("power-of-two", () -> new PowerOfTwo(chance(8))),
                Named.of("random", () -> new WeightedRandom(chance(9))),
                Named.of("first", First::new));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void noneIsPickedWhileAnotherHasRoom(Supplier<BalancingStrategy> strategy) {
        for (int members : new int[] {1, 2, 5, 100}) {
            int capacity = 4;
            Traffic traffic = new Traffic(strategy.get(), limited(capacity, weights(members)));
            Random random = new Random(members);
            int open = 0;
            for (int step = 0; step < 20_000; step++) {
                if (open < members * capacity && random.nextInt(100) < 55) {
                    open++;
                    assertThat(traffic.inFlight(traffic.send())).isLessThanOrEqualTo(capacity);
                } else if (traffic.end(random.nextInt(members))) {
                    open--;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theLastRoomIsFoundAmongAThousand(Supplier<BalancingStrategy> strategy) {
        Traffic traffic = new Traffic(strategy.get(), limited(1, weights(1000)));
        IntStream.range(0, 1000).forEach(i -> traffic.send());
        for (int free = 0; free < 1000; free += 37) {
            traffic.end(free);
            assertThat(traffic.send()).isEqualTo(free);
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void withAllFullItIsStillACandidate(Supplier<BalancingStrategy> strategy) {
        Traffic traffic = new Traffic(strategy.get(), limited(1, equal(100)));
        IntStream.range(0, 100).forEach(i -> traffic.send());
        assertThat(traffic.mostInFlight()).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            assertThat(traffic.send()).isBetween(0, 99);
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void roomIsNotLostWhenSeveralThreadsComeAndGo(Supplier<BalancingStrategy> strategy) throws InterruptedException {
        BalancingStrategy shared = strategy.get();
        List<Candidate> candidates = limited(2, weights(70));
        Picker picker = shared.picker(candidates);
        AtomicInteger failures = new AtomicInteger();
        Thread[] threads = new Thread[3];
        for (int t = 0; t < threads.length; t++) {
            Random random = new Random(t);
            threads[t] = new Thread(() -> {
                try {
                    comeAndGo(shared, picker, random);
                } catch (RuntimeException e) {
                    failures.incrementAndGet();
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).hasValue(0);
        assertThat(candidates).allMatch(candidate -> candidate.member().inFlight() == 0);
        // all is quiet: as many requests as there is room, and every room is found
        for (int i = 0; i < 140; i++) {
            picker.pick(RequestKey.NONE).lease(shared::closed);
        }
        assertThat(candidates).allMatch(candidate -> candidate.member().inFlight() == 2);
    }

    /** Up to 60 requests open at a time and thread, more together than there is room. */
    private static void comeAndGo(BalancingStrategy strategy, Picker picker, Random random) {
        Queue<Lease> open = new ArrayDeque<>();
        int count = 0;
        for (int step = 0; step < 20_000; step++) {
            if (count < 60 && random.nextInt(100) < 60) {
                open.add(picker.pick(RequestKey.NONE).lease(strategy::closed));
                count++;
            } else if (count > 0) {
                open.remove().close(Outcome.ANSWERED, 0);
                count--;
            }
        }
        open.forEach(lease -> lease.close(Outcome.ANSWERED, 0));
    }

    private static double[] weights(int members) {
        return IntStream.range(0, members).mapToDouble(i -> i % 3 + 1).toArray();
    }
}
