package io.fairlead.stats.sample;

import io.fairlead.member.Member;
import io.fairlead.stats.Histograms;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Latency;
import io.fairlead.stats.MemberStats;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.Resolution;
import io.fairlead.stats.StatsSnapshot;
import io.fairlead.stats.history.History;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.record.MemberRecorder;
import io.fairlead.stats.record.PoolRecorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * The statistics of the whole program. Each event loop has recorders of its own; once a second the control context merges
 * what they hold and publishes one immutable snapshot. Percentiles are never averaged: histograms are added, and what is
 * shown is read off the sum. A sample costs some ten µs per member that had requests in the last minute; one at rest costs
 * its place in a copied table.
 */
public final class Stats {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    // Any thread adds, control context reads.
    private final List<LoopStats> loops = new CopyOnWriteArrayList<>();
    private final ThreadLocal<LoopStats> ofThisLoop = ThreadLocal.withInitial(this::newLoop);
    // Control context only, down to the blank line.
    private final Timeline timeline;
    private final Past past;
    private final Scratch scratch = new Scratch();
    private final Map<Member, MemberWindow> members = new HashMap<>();
    private final Set<MemberWindow> busy = new HashSet<>();
    private final Map<String, PoolWindow> pools = new TreeMap<>();
    private final Incoming incoming = new Incoming();
    private final Set<Member> leaving = new HashSet<>();
    private Optional<Set<String>> retained = Optional.empty();

    // Control context writes, any thread reads.
    private volatile StatsSnapshot snapshot = StatsSnapshot.EMPTY;

    /**
     * Statistics of nothing yet.
     *
     * @param ticker nanoseconds of a clock that never goes back: {@link System#nanoTime}
     * @param clock the time of day, by which the past is cut
     */
    public Stats(LongSupplier ticker, InstantSource clock) {
        timeline = new Timeline(ticker);
        past = new Past(
                clock,
                timeline.last(),
                new History(History.bound(Runtime.getRuntime().maxMemory())));
    }

    /** With the system's time of day. */
    public Stats(LongSupplier ticker) {
        this(ticker, InstantSource.system());
    }

    /** The recorders for one event loop, to be kept as long as the loop runs. Any thread. */
    public LoopStats newLoop() {
        LoopStats loop = new LoopStats();
        loops.add(loop);
        return loop;
    }

    /** The recorders of the event loop that calls, the same each time: listeners come and go, what was counted stays. */
    public LoopStats ofThisLoop() {
        return ofThisLoop.get();
    }

    /** The last one taken. Any thread. */
    public StatsSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Drops a member that its pool no longer has, at the first sample that finds it with nothing in flight; until then what
     * it still does counts. Control context only.
     */
    public void forget(Member member) {
        leaving.add(member);
    }

    /**
     * Drops what goes by other names than these, routes and pools that are gone, soon: when nothing is in work there any more, as far
     * as can be told. What their requests came to stays in the sums over listeners. Control context only.
     */
    public void retain(Set<String> routes, Set<String> presentPools) {
        incoming.retain(routes);
        retained = Optional.of(Set.copyOf(presentPools));
    }

    private void dropGonePools(Set<String> retainedPools) {
        Set<String> present = new HashSet<>(retainedPools);
        busy.forEach(window -> present.add(window.member().pool()));
        pools.keySet().retainAll(present);
        loops.forEach(loop -> loop.pools().keySet().retainAll(present));
    }

    /** Merges and publishes what happened since the last call; to be called once a second. Control context only. */
    public StatsSnapshot sample() {
        Span span = timeline.cut();
        past.cut(span, busy);
        retained.ifPresent(this::dropGonePools);
        listen();
        Map<Member, MemberStats> memberStats = new HashMap<>(snapshot.members());
        dropLeft(memberStats);
        busy.forEach(window -> memberStats.put(window.member(), window.sample(span, scratch)));
        Histogram all = Histograms.empty();
        Map<String, PoolStats> poolStats = new HashMap<>();
        latenciesByPool().forEach((pool, latencies) -> {
            all.add(latencies);
            poolStats.put(pool, pool(pool).sample(span, scratch, recordersOf(pool), latency(span, latencies)));
        });
        Incoming.Sample clients = incoming.sample(span, scratch, loops);
        snapshot = new StatsSnapshot(
                span.windowSeconds(),
                latency(span, all),
                clients.all(),
                memberStats,
                poolStats,
                clients.listeners(),
                clients.routes());
        if (span.isFull()) {
            busy.removeIf(MemberWindow::isAtRest); // what was published stays true
        }
        return snapshot;
    }

    /**
     * The total times of a member's last requests, as of the last sample. Control context only; some 10 µs for each second
     * of a busy member.
     *
     * @param last a minute or less
     */
    public Latency recent(Member member, Duration last) {
        return HistogramWindow.latency(last.toNanos() / 1e9, latencies(member, last));
    }

    /**
     * All total times of a member's last requests, in microseconds, as of the last sample: up to a minute by the second, up to
     * an hour by ten seconds, else by the minute. Control context only.
     *
     * @param last more than 0; what is longer than a day counts as a day
     */
    public Histogram latencies(Member member, Duration last) {
        Histogram sum = Histograms.empty();
        MemberWindow window = members.get(member);
        if (last.compareTo(WINDOW) > 0) {
            past.addTo(sum, member, window, last, Resolution.covering(last));
        } else if (window != null) {
            addRecent(window.totals(), last, sum);
        }
        return sum;
    }

    private void addRecent(HistogramWindow window, Duration last, Histogram sum) {
        if (last.equals(WINDOW)) {
            window.addTo(sum); // as it is shown, sixty samples of a little more than a second
        } else {
            window.addRecentTo(sum, timeline.last() - last.toNanos());
        }
    }

    /**
     * The times to the first byte of a member's last requests, likewise. Control context only.
     *
     * @param last a minute or less
     */
    public Histogram firstBytes(Member member, Duration last) {
        Histogram sum = Histograms.empty();
        MemberWindow window = members.get(member);
        if (window != null) {
            addRecent(window.firstBytes(), last, sum);
        }
        return sum;
    }

    /**
     * A member's total times in intervals of the clock, oldest first, those without a request left out. The last one is the
     * present one, as of the last sample. Next to nothing is done: intervals decode themselves when they are read, on any
     * thread. Control context only.
     *
     * @param last how far back; no further than the resolution is kept
     */
    public List<Interval> history(Member member, Duration last, Resolution resolution) {
        return past.intervals(member, members.get(member), last, resolution);
    }

    /** What the past takes on the heap, in bytes: bounded by {@link History#bound}. Control context only. */
    public long historyBytes() {
        return past.bytes();
    }

    /** Finds out which members had requests since the last sample. */
    private void listen() {
        for (LoopStats loop : loops) {
            for (MemberRecorder recorder : loop.takeChanged()) {
                MemberWindow window = members.computeIfAbsent(recorder.member(), MemberWindow::new);
                window.heardOf(recorder);
                busy.add(window);
                pool(recorder.member().pool());
            }
            loop.pools().keySet().forEach(this::pool);
        }
    }

    private PoolWindow pool(String name) {
        return pools.computeIfAbsent(name, any -> new PoolWindow());
    }

    private static Latency latency(Span span, Histogram histogram) {
        return HistogramWindow.latency(span.windowSeconds(), histogram);
    }

    private void dropLeft(Map<Member, MemberStats> shown) {
        for (Member member : List.copyOf(leaving)) {
            if (member.inFlight() == 0) {
                leaving.remove(member);
                shown.remove(member);
                busy.removeIf(window -> window.member() == member);
                members.remove(member);
                past.forget(member);
                loops.forEach(loop -> loop.forget(member));
            }
        }
    }

    private List<PoolRecorder> recordersOf(String pool) {
        return loops.stream()
                .filter(loop -> loop.pools().containsKey(pool))
                .map(loop -> loop.pool(pool))
                .toList();
    }

    private Map<String, Histogram> latenciesByPool() {
        Map<String, Histogram> sums = new HashMap<>();
        pools.keySet().forEach(pool -> sums.put(pool, Histograms.empty()));
        busy.forEach(window -> window.totals()
                .addTo(Objects.requireNonNull(sums.get(window.member().pool()))));
        return sums;
    }
}
