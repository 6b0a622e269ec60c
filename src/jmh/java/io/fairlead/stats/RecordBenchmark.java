package io.fairlead.stats;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.stats.record.ListenerRecorder;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.record.MemberRecorder;
import io.fairlead.stats.record.PoolRecorder;
import io.fairlead.stats.record.RouteRecorder;
import io.fairlead.stats.sample.Stats;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to record one ordinary request: that it came at a listener and was routed to a pool, on what kind of connection
 * it went out, how its lease ended with total time, first byte, status and bytes, and how long its client waited. Members come
 * in no order, latencies are spread about 5 ms; meanwhile a sampler collects once a second, as in the program.
 *
 * <p>{@code withClock} adds the two readings of the system's clock that only the client's latency needs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 10, time = 1, timeUnit = TimeUnit.SECONDS)
public class RecordBenchmark {
    private static final int REQUESTS = 8192;

    /** The statistics, and who samples them. */
    @State(Scope.Benchmark)
    public static class Program {
        /** How many members have requests. */
        @Param({"10", "1000"})
        public int members;

        final Stats stats = new Stats(System::nanoTime);
        Member[] all = {};
        private Thread sampler = new Thread();

        /** Makes the members, and begins to sample. */
        @Setup
        public void begin() {
            all = new Member[members];
            for (int i = 0; i < members; i++) {
                MemberAddress address = new MemberAddress("10.1." + (i >> 8) + "." + (i & 255), 9000);
                all[i] = new Member("app", address.toString(), address);
            }
            sampler = new Thread(this::sample);
            sampler.setDaemon(true);
            sampler.start();
        }

        private void sample() {
            try {
                while (true) {
                    Thread.sleep(1000);
                    stats.sample();
                }
            } catch (InterruptedException e) {
                // the end
            }
        }

        /** Ceases to sample. */
        @TearDown
        public void end() {
            sampler.interrupt();
        }
    }

    /** An event loop, and requests that ended on it. */
    @State(Scope.Thread)
    public static class Loop {
        private final Lease[] leases = new Lease[REQUESTS];
        private final MemberRecorder[] recorders = new MemberRecorder[REQUESTS];
        private int next;
        private ListenerRecorder listener = new LoopStats().listener("web");
        private RouteRecorder route = listener.route("/");
        private PoolRecorder pool = new LoopStats().pool("app");

        /** Makes the requests. */
        @Setup
        public void fill(Program program) {
            LoopStats loop = program.stats.newLoop();
            listener = loop.listener("web");
            route = listener.route("/");
            pool = loop.pool("app");
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < REQUESTS; i++) {
                Member member = program.all[random.nextInt(program.all.length)];
                long took = (long) (-Math.log(1 - random.nextDouble()) * 5_000_000);
                Lease lease = member.lease(closed -> {});
                lease.sent(0);
                lease.answered(200, took / 2);
                lease.addBytesReceived(1000);
                lease.close(Outcome.ANSWERED, took);
                leases[i] = lease;
                recorders[i] = loop.member(member);
            }
        }

        void record(long clientNanos) {
            int request = next++ & REQUESTS - 1;
            Lease lease = leases[request];
            MemberRecorder member = recorders[request];
            listener.requestReceived();
            pool.requestReceived();
            member.sentOn(false);
            member.closed(lease);
            route.ended(lease.status(), clientNanos < 0 ? lease.totalNanos() : clientNanos);
        }
    }

    /** All that is recorded of one request. */
    @Benchmark
    public void request(Program program, Loop loop) {
        loop.record(-1);
    }

    /** The same, and the clock for what the client waited. */
    @Benchmark
    public void withClock(Program program, Loop loop) {
        long begun = System.nanoTime();
        loop.record(System.nanoTime() - begun);
    }
}
