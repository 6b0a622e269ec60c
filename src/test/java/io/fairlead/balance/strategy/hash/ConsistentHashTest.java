package io.fairlead.balance.strategy.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.balance.strategy.hash.ConsistentHashOptions.Fallback;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Providers;
import io.fairlead.settings.Share;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistentHashTest extends StrategyContract {
    @Override
    protected BalancingStrategy strategy() {
        return strategy("client-ip", "0%", Fallback.ROUND_ROBIN);
    }

    /** With a bound that the contract's traffic often meets, all of the contract holds too. */
    @Nested
    class Bounded extends StrategyContract {
        @Override
        protected BalancingStrategy strategy() {
            return bounded();
        }

        /**
         * The bound takes from the light ones, whose loads vary most. Of the 64 in flight a seventh is 9.1, and by chance
         * (binomial) it were 12, where the bound of 1.25 x 65 / 7 is met, in 20 % of moments; so at most that part of its
         * seventh is placed elsewhere, 0.029, beside the 0.01 of chance.
         */
        @Override
        protected double tolerance() {
            return 0.029 + 0.01;
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "consistent-hash")).isInstanceOf(ConsistentHash.Named.class);
    }

    /**
     * Shares of a million keys. By chance one of n has a standard error of sqrt(n / 10^6) of its share: 1 % where n is 100, so
     * that 5 % is five of it.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 10, 50, 100})
    void aMillionKeysAreSharedEvenly(int members) {
        assertThat(mostOverMean(members, 1_000_000)).isLessThanOrEqualTo(1.05);
    }

    /**
     * Of a million keys, the greatest of 1 000 shares would be 10 % over the mean by chance alone, however good the hash:
     * 3.2 standard errors of 3.2 %. Of 16 million it is 0.8 %: 4.3 % are more than five of it, and the slots of 1 000 members
     * (66 where 65.5 is the mean) make up the rest of the 5 %.
     */
    @Test
    void aThousandMembersShareSixteenMillionKeysEvenly() {
        assertThat(mostOverMean(1000, 16_000_000)).isLessThanOrEqualTo(1.05);
    }

    private static double mostOverMean(int members, int keys) {
        double[] weights = new double[members];
        Arrays.fill(weights, 1);
        Picker picker = strategy("uri", "0%", Fallback.ROUND_ROBIN).picker(candidates(weights));
        Map<Member, int[]> counts = new HashMap<>();
        for (int i = 0; i < keys; i++) {
            counts.computeIfAbsent(picker.pick(Path.of(i)), m -> new int[1])[0]++;
        }
        int most = counts.values().stream().mapToInt(count -> count[0]).max().orElseThrow();
        return most / (keys / (double) members);
    }

    /** A million keys; 2 % of the smallest share, a seventh, are eight standard errors of sqrt(6 / 10^6) = 0.25 %. */
    @Test
    void weightedSharesAreWithinTwoPercent() {
        List<Candidate> candidates = candidates(1, 2, 4);
        Picker picker = strategy("uri", "0%", Fallback.ROUND_ROBIN).picker(candidates);
        Map<Member, Integer> counts = new HashMap<>();
        for (int i = 0; i < 1_000_000; i++) {
            counts.merge(picker.pick(Path.of(i)), 1, Integer::sum);
        }
        for (Candidate candidate : candidates) {
            double ratio = counts.getOrDefault(candidate.member(), 0) / (1_000_000 * candidate.weight() / 7);
            assertThat(ratio).as("weight %s", candidate.weight()).isBetween(0.98, 1.02);
        }
    }

    /** Keys count here, not slots: chance adds five standard errors of sqrt(0.007 / 10^6) to the 0.02 / n + 0.5 %. */
    @Test
    void oneOfTenThatGoesAndComesBackMovesItsOwnKeysAndFewOthers() {
        BalancingStrategy strategy = strategy("uri", "0%", Fallback.ROUND_ROBIN);
        List<Candidate> all = candidates(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Picker before = strategy.picker(all);
        Picker without = strategy.picker(all.subList(0, 9));
        Picker again = strategy.picker(all);
        Member gone = all.get(9).member();
        int others = 0;
        for (int i = 0; i < 1_000_000; i++) {
            RequestKey key = Path.of(i);
            Member home = before.pick(key);
            assertThat(again.pick(key)).isSameAs(home);
            others += home == gone || without.pick(key) == home ? 0 : 1;
        }
        assertThat(others / 1e6).isLessThanOrEqualTo(0.007 + 5 * 0.000084);
    }

    @Test
    void twoWithTheSameMembersAgreeOnAllKeys() {
        List<Candidate> candidates =
                candidates(IntStream.rangeClosed(1, 50).asDoubleStream().toArray());
        List<Candidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, new Random(11));
        Picker one = strategy("uri", "0%", Fallback.ROUND_ROBIN).picker(candidates);
        Picker two = strategy("uri", "0%", Fallback.ROUND_ROBIN).picker(shuffled);
        for (int i = 0; i < 1_000_000; i++) {
            RequestKey key = Path.of(i);
            assertThat(two.pick(key)).isSameAs(one.pick(key));
        }
    }

    @Test
    void withoutABoundKeysStayHomeHoweverLoadedItIs() {
        Picker picker = strategy().picker(candidates(1, 1, 1));
        Member home = picker.pick(Request.ofClient("192.0.2.1"));
        for (int i = 0; i < 1000; i++) {
            home.lease(lease -> {});
            assertThat(picker.pick(Request.ofClient("192.0.2.1"))).isSameAs(home);
        }
    }

    @ParameterizedTest
    @CsvSource({"header:X-Tenant", "cookie:session", "query:id"})
    void withoutAKeyTheFallbackPlacesRequests(String key) {
        BalancingStrategy strategy = strategy(key, "0%", Fallback.ROUND_ROBIN);
        List<Candidate> candidates = candidates(1, 1, 1);
        Picker picker = strategy.picker(candidates);
        for (int i = 0; i < 9; i++) {
            assertThat(picker.pick(Request.ofClient("192.0.2.1")))
                    .isSameAs(candidates.get(i % 3).member());
        }
    }

    @Test
    void theFallbackByClientPlacesAsTheKeyOfThatNameDoes() {
        List<Candidate> candidates = candidates(1, 1, 1, 1, 1);
        Picker byClient = strategy().picker(candidates);
        Picker picker = strategy("cookie:session", "0%", Fallback.CLIENT_IP).picker(candidates);
        for (int i = 0; i < 100; i++) {
            Request request = Request.ofClient("192.0.2." + i);
            assertThat(picker.pick(request)).isSameAs(byClient.pick(request));
        }
        Request keyed = Request.with("Cookie", "session=192.0.2.50");
        assertThat(picker.pick(keyed)).isSameAs(byClient.pick(Request.ofClient("192.0.2.50")));
        assertThat(IntStream.range(0, 10).mapToObj(i -> picker.pick(RequestKey.NONE)))
                .as("and where there is no address either, all have their turn")
                .containsAll(candidates.stream().map(Candidate::member).toList());
    }

    @Test
    void theFallbackHearsOfAllRequests() {
        List<Object> heard = new ArrayList<>();
        BalancingStrategy listening = new BalancingStrategy() {
            @Override
            public Picker picker(List<Candidate> candidates) {
                return key -> candidates.get(0).member();
            }

            @Override
            public void opened(Member member) {
                heard.add(member);
            }

            @Override
            public void closed(Lease lease) {
                heard.add(lease);
            }
        };
        Member member = candidates(1).get(0).member();
        for (String factor : List.of("0%", "125%")) {
            heard.clear();
            BalancingStrategy strategy = new ConsistentHash(options("path", factor, Fallback.RANDOM), listening);
            Lease lease = member.lease(strategy::closed);
            strategy.opened(member);
            lease.close(Outcome.ANSWERED, 0);
            assertThat(heard).containsExactly(member, lease);
        }
    }

    @Test
    void aFactorIsOffOrMoreThanTheWhole() {
        for (String right : List.of("0%", "100.1%", "125%", "1000%")) {
            assertThatCode(() -> options("path", right, Fallback.RANDOM)).doesNotThrowAnyException();
        }
        for (String wrong : List.of("0.1%", "25%", "100%")) {
            assertThatThrownBy(() -> options("path", wrong, Fallback.RANDOM))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("hash_balance_factor: " + wrong + " (expected: 0%, or more than 100%)");
        }
    }

    /** 200 000 picks after as many to warm up; one object of the smallest size per pick would be 3 200 000 bytes. */
    @ParameterizedTest
    @CsvSource({"client-ip", "path", "uri", "host", "header:X-Tenant", "cookie:session", "query:id"})
    void aPickAllocatesNothing(String key) {
        Request request = new Request(
                "192.0.2.7",
                "shop.example",
                "/cart/items?page=3&id=5",
                Map.of("X-Tenant", "blue", "Cookie", "a=1; session=abc"));
        Picker picker = strategy(key, "125%", Fallback.ROUND_ROBIN)
                .picker(candidates(IntStream.rangeClosed(1, 20).asDoubleStream().toArray()));
        picker.pick(request).lease(lease -> {});
        picker.pick(request).lease(lease -> {}); // home is over its bound
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 200_000; i++) {
            picker.pick(request);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 200_000; i++) {
            picker.pick(request);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    static BalancingStrategy bounded() {
        return strategy("client-ip", "125%", Fallback.ROUND_ROBIN);
    }

    static BalancingStrategy strategy(String key, String factor, Fallback fallback) {
        return new ConsistentHash.Named()
                .create(options(key, factor, fallback), new StrategyProvider.Environment(() -> 0, new Random(1)));
    }

    private static ConsistentHashOptions options(String key, String factor, Fallback fallback) {
        return new ConsistentHashOptions(HashKey.parse(key), Share.parse(factor), fallback);
    }

    /** A request of which the path alone matters. */
    private record Path(String uri) implements RequestKey {
        static Path of(int number) {
            return new Path("/items/" + number);
        }

        @Override
        public String clientIp() {
            return "";
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }
    }
}
