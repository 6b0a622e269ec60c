package io.fairlead.balance.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.StrategyProvider.Environment;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The simulator against what queueing theory and arithmetic know. */
class SimulationTest {
    private static final Duration UNIT = Duration.ofSeconds(1);
    private static final double NANOS = 1e9;

    @Test
    void clockworkComesOutExactly() {
        Results results = new Simulation(SimulationTest::first, 1)
                .member(Service.delay(Span.constant(Duration.ofMillis(10))))
                .member(Service.delay(Span.constant(Duration.ofMillis(20))))
                .run(Arrivals.evenly(1000), 500);
        assertThat(results.requests(0)).isEqualTo(500);
        assertThat(results.share(1)).isZero();
        assertThat(results.mean()).isEqualTo(10e6);
        assertThat(results.percentile(99.9)).isCloseTo(10_000_000, within(10_000L));
        assertThat(results.within(9_900_000)).isZero();
        assertThat(results.within(10_100_000)).isEqualTo(1);
        assertThat(results.mostInFlight(0))
                .as("the answer to the request of 10 ms ago goes before the next request")
                .isEqualTo(10);
    }

    @Test
    void aQueueServesOneAfterTheOther() {
        List<Long> waited = new ArrayList<>();
        new Simulation(SimulationTest::first, 1)
                .member(Service.queue(Span.constant(Duration.ofMillis(3))))
                .watch((number, member, sentAt, answeredAt) -> waited.add((answeredAt - sentAt) / 1_000_000))
                .run(Arrivals.evenly(500), 4);
        assertThat(waited).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void oneAtATimeIsOneAtATime() {
        List<Long> sent = new ArrayList<>();
        Results results = new Simulation(SimulationTest::first, 1)
                .member(Service.delay(Span.constant(Duration.ofMillis(5))
                        .but(Span.constant(Duration.ofMillis(50)), Duration.ofMillis(10), Duration.ofMillis(20))))
                .watch((number, member, sentAt, answeredAt) -> sent.add(sentAt / 1_000_000))
                .run(new Arrivals.OneAtATime(), 5);
        assertThat(sent).containsExactly(0L, 5L, 10L, 60L, 65L);
        assertThat(results.mostInFlight(0)).isEqualTo(1);
    }

    @Test
    void theWarmUpDoesNotCount() {
        List<Integer> seen = new ArrayList<>();
        Results results = new Simulation(SimulationTest::first, 1)
                .member(Service.queue(Span.constant(Duration.ofMillis(100))
                        .but(Span.constant(Duration.ofMillis(1)), Duration.ofMillis(300), Duration.ofHours(1))))
                .warmUp(3)
                .watch((number, member, sentAt, answeredAt) -> seen.add(number))
                .run(new Arrivals.OneAtATime(), 2);
        assertThat(results.requests(0)).isEqualTo(2);
        assertThat(results.mean()).isEqualTo(1e6);
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
    }

    /**
     * Of the number in an M/M/1 queue of load r and service time 1, the mean over a time t has the variance 2r(1+r)/((1-r)^4 t);
     * at 0.5, and t = 400 000 for 200 000 requests, the standard error of the mean time in system is 0.0155. A second
     * worker or constant service makes it less. The tolerance is five of it.
     */
    @Test
    void meanTimesAreThoseOfTheory() {
        assertThat(meanTime(Service.queue(Span.exponential(UNIT)), 0.5))
                .as("M/M/1: 1 / (1 - r)")
                .isEqualTo(2, within(0.08));
        assertThat(meanTime(Service.queue(Span.constant(UNIT)), 0.5))
                .as("M/D/1: 1 + r / 2(1 - r)")
                .isEqualTo(1.5, within(0.08));
        assertThat(meanTime(Service.queue(2, Span.exponential(UNIT)), 1))
                .as("M/M/2: 1 / (1 - r^2)")
                .isEqualTo(4 / 3.0, within(0.08));
        assertThat(meanTime(Service.delay(Span.exponential(UNIT)), 5))
                .as("no queue")
                .isEqualTo(1, within(0.08));
    }

    private static double meanTime(Service service, double perSecond) {
        return new Simulation(SimulationTest::first, 1)
                        .member(service)
                        .warmUp(1000)
                        .run(Arrivals.poisson(perSecond), 200_000)
                        .mean()
                / NANOS;
    }

    /** The mean of 100 000 draws of a spread of 0.3 ms and 0.53 s has a standard error of 1 us and 1.7 ms: five of it. */
    @Test
    void spansHaveTheirMeans() {
        Span uniform = Span.uniform(Duration.ofNanos(9_500_000), Duration.ofNanos(10_500_000));
        assertThat(meanTime(Service.delay(uniform), 10)).isEqualTo(0.010, within(5e-6));
        assertThat(meanTime(Service.delay(Span.logNormal(UNIT, 0.5)), 10))
                .as("e^(sigma^2 / 2)")
                .isEqualTo(Math.exp(0.125), within(0.0085));
    }

    @Test
    void aSeedTellsTheRun() {
        assertThat(run(7).mean()).isEqualTo(run(7).mean());
        assertThat(run(8).mean()).isNotEqualTo(run(7).mean());
    }

    private static Results run(long seed) {
        Function<Environment, BalancingStrategy> random = environment -> candidates -> key ->
                candidates.get(environment.random().nextInt(candidates.size())).member();
        return new Simulation(random, seed)
                .member(Service.queue(Span.exponential(UNIT)))
                .member(Service.queue(Span.exponential(UNIT)))
                .run(Arrivals.poisson(1), 1000);
    }

    @Test
    void aStrategyIsToldAsInThePool() {
        List<String> told = new ArrayList<>();
        new Simulation(environment -> new Listening(environment, told), 1)
                .member(Service.delay(Span.constant(Duration.ofNanos(25))), 2, 4)
                .run(new Arrivals.Open(Span.constant(Duration.ofNanos(20))), 2);
        assertThat(told)
                .containsExactly(
                        "picker 2.0 of 4",
                        "20 pick 0",
                        "20 opened 1",
                        "40 pick 1",
                        "40 opened 2",
                        "45 closed ANSWERED 200 25 1",
                        "65 closed ANSWERED 200 25 0");
    }

    private static BalancingStrategy first(Environment environment) {
        return candidates -> key -> candidates.get(0).member();
    }

    private record Listening(Environment environment, List<String> told) implements BalancingStrategy {
        @Override
        public Picker picker(List<Candidate> candidates) {
            Member member = candidates.get(0).member();
            told.add("picker " + candidates.get(0).weight() + " of "
                    + candidates.get(0).capacity());
            return key -> {
                tell("pick " + member.inFlight());
                return member;
            };
        }

        @Override
        public void opened(Member member) {
            tell("opened " + member.inFlight());
        }

        @Override
        public void closed(Lease lease) {
            tell("closed " + lease.outcome() + " " + lease.status() + " " + lease.firstByteNanos() + " "
                    + lease.member().inFlight());
        }

        private void tell(String what) {
            told.add(environment.ticker().getAsLong() + " " + what);
        }
    }
}
