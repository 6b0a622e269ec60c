package io.fairlead.balance;

import io.fairlead.config.Config;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a pick costs while counts in flight change as they do in a pool: each request is opened at the member that was picked,
 * and the one from 64 requests ago (8,192 with 1,000 members) ends, with a latency about 5 ms. {@code cycle} does all of that; {@code withoutPick} does it
 * with the members in turn, and so without the pick. The difference is the pick and what it has to fetch from memory that the
 * rest has not fetched anyway. Counts in flight are shared by all threads, and so is what the strategy keeps: with two threads the
 * difference says what that costs beyond the sharing of the counts. {@code pickAlone} is what is left where nothing changes: a
 * lower bound, to hold the difference against.
 *
 * <p>The ticker is the system's, so the price of reading the clock is in the numbers of strategies that do. Weights are 1 to
 * 3; requests come from 8192 clients.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PickBenchmark {
    /** So many in flight per member and loop, rounded up to a power of two: a pool in which hardly anybody is idle. */
    private static final int IN_FLIGHT_PER_MEMBER = 6;

    private static final int CLIENTS = 8192;

    /** One pool, which all threads share. */
    @State(Scope.Benchmark)
    public static class Pool {
        /** Filled in by {@link PickCosts} with all there are. */
        @Param("round-robin")
        public String strategy = "";

        /** How many candidates. */
        @Param({"10", "1000"})
        public int members;

        BalancingStrategy balancing = candidates -> key -> candidates.get(0).member();
        Picker picker = key -> {
            throw new IllegalStateException("not set up");
        };
        Member[] inTurn = {};
        RequestKey[] keys = {};
        long[] latencies = {};
        Lease.Listener closed = lease -> {};

        /** Makes the strategy with the defaults of its options. */
        @Setup
        public void make() throws ConfigException {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                MemberAddress address = new MemberAddress("10.1." + (i >> 8) + "." + (i & 255), 9000);
                candidates.add(new Candidate(new Member("app", address.toString(), address), 1 + i % 3));
            }
            inTurn = candidates.stream().map(Candidate::member).toArray(Member[]::new);
            SplittableRandom random = new SplittableRandom(5);
            keys = random.ints(CLIENTS).mapToObj(Client::of).toArray(RequestKey[]::new);
            latencies = random.doubles(CLIENTS)
                    .mapToLong(share -> (long) (-Math.log(1 - share) * 5_000_000))
                    .toArray();
            balancing = strategy(strategy);
            closed = balancing::closed;
            picker = balancing.picker(candidates);
        }
    }

    @SuppressWarnings("unchecked") // the options are of the provider's type: the configuration bound them so
    private static BalancingStrategy strategy(String name) throws ConfigException {
        Config config = new ConfigReader(Map.of())
                .read(
                        "benchmark",
                        "[pools.app]\nmembers = [\"127.0.0.1:1\"]\nstrategy = \"" + name + "\"\n",
                        Path.of(""));
        Record options =
                Objects.requireNonNull(config.pools().get("app")).strategy().options();
        StrategyProvider<Record> provider = Providers.named(StrategyProvider.class, name);
        return provider.create(
                options,
                new StrategyProvider.Environment(
                        System::nanoTime, () -> ThreadLocalRandom.current().nextLong()));
    }

    /** An event loop: its requests in flight. */
    @State(Scope.Thread)
    public static class Loop {
        private Lease[] open = {};
        private int next = ThreadLocalRandom.current().nextInt(1 << 20); // so that loops are not in step

        /** Full from the start. */
        @Setup
        public void fill(Pool pool) {
            open = new Lease[Integer.highestOneBit(pool.members * IN_FLIGHT_PER_MEMBER - 1) * 2];
            for (int i = 0; i < open.length; i++) {
                open[i] = lease(pool, pool.inTurn[(next + i) % pool.inTurn.length]);
            }
        }

        private static Lease lease(Pool pool, Member member) {
            Lease lease = member.lease(pool.closed);
            pool.balancing.opened(member);
            lease.sent(0);
            return lease;
        }

        Lease replaceOldest(Pool pool, Member member) {
            int slot = next++ & open.length - 1;
            long latency = pool.latencies[next & CLIENTS - 1];
            Lease oldest = open[slot];
            oldest.answered(200, latency);
            oldest.close(Outcome.ANSWERED, latency);
            open[slot] = lease(pool, member);
            return oldest;
        }
    }

    /** The pick and nothing else: counts as they were at the start, so that branches and caches are at their best. */
    @Benchmark
    public Member pickAlone(Pool pool, Loop loop) {
        return pool.picker.pick(pool.keys[loop.next++ & CLIENTS - 1]);
    }

    /** A request: picked, opened, an older one closed. */
    @Benchmark
    public Lease cycle(Pool pool, Loop loop) {
        Member member = pool.picker.pick(pool.keys[loop.next & CLIENTS - 1]);
        return loop.replaceOldest(pool, member);
    }

    /** The same, the member coming from a list. */
    @Benchmark
    public Lease withoutPick(Pool pool, Loop loop) {
        Member member = pool.inTurn[(loop.next & Integer.MAX_VALUE) % pool.inTurn.length];
        return loop.replaceOldest(pool, member);
    }

    /** What is known of a request. */
    private record Client(String clientIp, String host, String uri) implements RequestKey {
        static Client of(int number) {
            String ip = (number >>> 24) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
            return new Client(ip, "shop.example", "/items/" + number);
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }
    }
}
