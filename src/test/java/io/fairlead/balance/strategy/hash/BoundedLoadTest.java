package io.fairlead.balance.strategy.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consistent hashing where members have bounds, capacities and requests in flight. */
class BoundedLoadTest {
    private static final int KEYS = 10_000;

    /**
     * A hundred thousand requests whose keys are zipf(1.1): the first of 10 000 makes up 15 % of them. Requests last for random
     * times. A bound can be kept when a request is placed, and not when others end and the mean falls: so the member that
     * got one is looked at.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50, 500})
    void noMemberGetsARequestOverItsBound(int inFlight) {
        List<Candidate> candidates = candidates(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Traffic traffic = new Traffic(ConsistentHashTest.bounded(), candidates, 20_260_101 + inFlight);
        Picker homes = ConsistentHashTest.strategy("client-ip", "0%", ConsistentHashOptions.Fallback.ROUND_ROBIN)
                .picker(candidates);
        int away = 0;
        for (int i = 0; i < 100_000; i++) {
            traffic.closeDownTo(traffic.random.nextInt(2 * inFlight));
            Request request = traffic.zipf();
            Member member = traffic.open(request);
            away += member == homes.pick(request) ? 0 : 1;
            int ceiling = (5 * traffic.open.size() + 4 * 10 - 1) / (4 * 10); // ceil(1.25 x in flight / 10)
            assertThat(member.inFlight()).isLessThanOrEqualTo(ceiling);
        }
        assertThat(away).as("the bound was met").isGreaterThan(1000);
        traffic.closeDownTo(0);
        for (int key = 0; key < KEYS; key++) {
            Request request = Traffic.key(key);
            assertThat(traffic.picker.pick(request)).as("keys return home").isSameAs(homes.pick(request));
        }
    }

    @Test
    void boundsFollowTheWeights() {
        List<Candidate> candidates = candidates(1, 2, 4);
        Traffic traffic = new Traffic(ConsistentHashTest.bounded(), candidates, 5);
        for (int i = 0; i < 50_000; i++) {
            traffic.closeDownTo(traffic.random.nextInt(100));
            Member member = traffic.open(traffic.zipf());
            int weight = (int) weightOf(candidates, member);
            int ceiling = (5 * traffic.open.size() * weight + 4 * 7 - 1) / (4 * 7);
            assertThat(member.inFlight()).isLessThanOrEqualTo(ceiling);
        }
    }

    /** As many in flight at all times, so that a bound once kept is kept at any moment, and by all members. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 500})
    void inASteadyStreamNoMemberIsEverOverItsBound(int inFlight) {
        List<Candidate> candidates = candidates(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Traffic traffic = new Traffic(ConsistentHashTest.bounded(), candidates, 17);
        for (int i = 0; i < 50_000; i++) {
            traffic.closeDownTo(inFlight - 1);
            traffic.open(traffic.zipf());
            int most = candidates.stream()
                    .mapToInt(c -> c.member().inFlight())
                    .max()
                    .orElseThrow();
            assertThat(most).isLessThanOrEqualTo((5 * traffic.open.size() + 4 * 10 - 1) / (4 * 10));
        }
    }

    /** Whole numbers among the bounds are kept to the letter, however the product is rounded; and so are tight ones. */
    @ParameterizedTest
    @CsvSource({"1001, 300", "1100, 3", "1250, 5", "1400, 7", "1700, 9"})
    void boundsAreExactToOneRequest(int permille, int members) {
        double[] weights = new double[members];
        Arrays.fill(weights, 1);
        BalancingStrategy strategy = ConsistentHashTest.strategy(
                "client-ip", permille / 10 + "." + permille % 10 + "%", ConsistentHashOptions.Fallback.ROUND_ROBIN);
        Traffic traffic = new Traffic(strategy, candidates(weights), 9);
        Member home = traffic.picker.pick(Traffic.key(0));
        for (int i = 1; i <= 3000; i++) {
            Member member = traffic.open(Traffic.key(0));
            int ceiling = (permille * i + 1000 * members - 1) / (1000 * members);
            assertThat(member.inFlight()).isLessThanOrEqualTo(ceiling);
            assertThat(home.inFlight()).as("home has all that it may").isEqualTo(ceiling);
        }
    }

    /**
     * What a full member cannot take is spread over the four others: of about 4 000 keys each gets a quarter, with a standard
     * error of sqrt(4 000 x 0.25 x 0.75) = 27; five of it. And each key by itself keeps to one of them.
     */
    @Test
    void whatAFullMemberCannotTakeIsSpreadOverAllOthers() {
        List<Candidate> candidates = limited(5, 1);
        Picker picker = ConsistentHashTest.strategy("client-ip", "0%", ConsistentHashOptions.Fallback.ROUND_ROBIN)
                .picker(candidates);
        Member full = candidates.get(2).member();
        Map<Integer, Member> homes = new HashMap<>();
        for (int key = 0; key < 20_000; key++) {
            homes.put(key, picker.pick(Traffic.key(key)));
        }
        Lease lease = full.lease(l -> {});
        Map<Member, Integer> overflow = new HashMap<>();
        int moved = 0;
        for (int key = 0; key < 20_000; key++) {
            Member member = picker.pick(Traffic.key(key));
            if (homes.get(key) == full) {
                overflow.merge(member, 1, Integer::sum);
                moved++;
                assertThat(picker.pick(Traffic.key(key))).isSameAs(member);
            } else {
                assertThat(member).isSameAs(homes.get(key));
            }
        }
        double quarter = moved / 4.0;
        assertThat(overflow).hasSize(4).doesNotContainKey(full);
        assertThat(overflow.values())
                .allSatisfy(keys -> assertThat((double) keys).isCloseTo(quarter, within(5 * 27.0)));
        lease.close(Outcome.ANSWERED, 0);
        for (int key = 0; key < 20_000; key++) {
            assertThat(picker.pick(Traffic.key(key))).isSameAs(homes.get(key));
        }
    }

    @Test
    void theOnlyOneOfManyWithRoomIsFound() {
        List<Candidate> candidates = limited(500, 1);
        Member free = candidates.get(123).member();
        candidates.stream().map(Candidate::member).filter(m -> m != free).forEach(m -> m.lease(l -> {}));
        for (String factor : List.of("0%", "125%")) {
            Picker picker = ConsistentHashTest.strategy("client-ip", factor, ConsistentHashOptions.Fallback.ROUND_ROBIN)
                    .picker(candidates);
            for (int key = 0; key < 100; key++) {
                assertThat(picker.pick(Traffic.key(key))).isSameAs(free);
            }
        }
    }

    /** In flight are 5 and 1; the bound of the one with room is ceil(1.25 x 7 / 2) = 5. */
    @Test
    void roomCountsForMoreThanTheBound() {
        Candidate loaded = new Candidate(member(0), 1);
        Candidate full = new Candidate(member(1), 1, 1);
        BalancingStrategy strategy = ConsistentHashTest.bounded();
        Picker picker = strategy.picker(List.of(loaded, full));
        for (Member member : List.of(
                loaded.member(), loaded.member(), loaded.member(), loaded.member(), loaded.member(), full.member())) {
            member.lease(strategy::closed);
            strategy.opened(member);
        }
        for (int key = 0; key < 50; key++) {
            assertThat(picker.pick(Traffic.key(key))).isSameAs(loaded.member());
        }
    }

    @Test
    void whereNoneHasRoomKeysAreSentHome() {
        List<Candidate> candidates = limited(5, 3);
        for (String factor : List.of("0%", "125%")) {
            Picker picker = ConsistentHashTest.strategy("client-ip", factor, ConsistentHashOptions.Fallback.ROUND_ROBIN)
                    .picker(candidates);
            Set<Member> picked = new HashSet<>();
            List<Member> homes = IntStream.range(0, 100)
                    .mapToObj(key -> picker.pick(Traffic.key(key)))
                    .toList();
            List<Lease> leases = new ArrayList<>();
            candidates.forEach(c ->
                    IntStream.range(0, 3).forEach(i -> leases.add(c.member().lease(l -> {}))));
            for (int key = 0; key < 100; key++) {
                picked.add(picker.pick(Traffic.key(key)));
                assertThat(picker.pick(Traffic.key(key))).isSameAs(homes.get(key));
            }
            assertThat(picked).hasSize(5);
            leases.forEach(lease -> lease.close(Outcome.ANSWERED, 0));
        }
    }

    private static double weightOf(List<Candidate> candidates, Member member) {
        return candidates.stream()
                .filter(c -> c.member() == member)
                .mapToDouble(Candidate::weight)
                .findFirst()
                .orElseThrow();
    }

    private static List<Candidate> candidates(double... weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(i -> new Candidate(member(i), weights[i]))
                .toList();
    }

    private static List<Candidate> limited(int members, int capacity) {
        return IntStream.range(0, members)
                .mapToObj(i -> new Candidate(member(i), 1, capacity))
                .toList();
    }

    private static Member member(int number) {
        return new Member("app", "m" + number, new MemberAddress("10.0.0.1", 9000));
    }

    /** Requests that open and close, told to the strategy as a pool does. */
    private static final class Traffic {
        private static final double[] CUMULATIVE = cumulative();

        private final BalancingStrategy strategy;
        private final Picker picker;
        private final Random random;
        private final List<Lease> open = new ArrayList<>();

        Traffic(BalancingStrategy strategy, List<Candidate> candidates, long seed) {
            this.strategy = strategy;
            this.picker = strategy.picker(candidates);
            this.random = new Random(seed);
        }

        Member open(Request request) {
            Member member = picker.pick(request);
            open.add(member.lease(strategy::closed));
            strategy.opened(member);
            return member;
        }

        void closeDownTo(int left) {
            while (open.size() > left) {
                Lease lease = open.set(random.nextInt(open.size()), open.get(open.size() - 1));
                open.remove(open.size() - 1);
                lease.close(Outcome.ANSWERED, 0);
            }
        }

        Request zipf() {
            double point = random.nextDouble() * CUMULATIVE[KEYS - 1];
            int at = Arrays.binarySearch(CUMULATIVE, point);
            return key(Math.min(KEYS - 1, at < 0 ? -at - 1 : at));
        }

        static Request key(int number) {
            return Request.ofClient("10.1." + number / 256 + "." + number % 256);
        }

        private static double[] cumulative() {
            double[] sums = new double[KEYS];
            double sum = 0;
            for (int rank = 1; rank <= KEYS; rank++) {
                sum += Math.pow(rank, -1.1);
                sums[rank - 1] = sum;
            }
            return sums;
        }
    }
}
