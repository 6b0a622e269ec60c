package io.fairlead.stats;

import io.fairlead.member.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * The statistics of the whole program. Each event loop has recorders of its own; once a second the control context merges
 * what they hold and publishes one immutable snapshot. Percentiles are never averaged: histograms are added, and what is
 * shown is read off the sum. A sample costs in the order of 100 µs per member that had requests, and of a few µs per member
 * at rest.
 */
public final class Stats {
    // Any thread adds, control context reads.
    private final List<LoopStats> loops = new CopyOnWriteArrayList<>();
    // Control context only, down to the blank line.
    private final Timeline timeline;
    private final Map<Member, MemberWindow> members = new HashMap<>();
    private final Map<String, PoolWindow> pools = new TreeMap<>();
    private final Map<String, ListenerWindow> listeners = new TreeMap<>();
    private final Set<Member> leaving = new HashSet<>();

    // Control context writes, any thread reads.
    private volatile StatsSnapshot snapshot = StatsSnapshot.EMPTY;

    /**
     * Statistics of nothing yet.
     *
     * @param ticker nanoseconds of a clock that never goes back: {@link System#nanoTime}
     */
    public Stats(LongSupplier ticker) {
        timeline = new Timeline(ticker);
    }

    /** The recorders for one event loop, to be kept as long as the loop runs. Any thread. */
    public LoopStats newLoop() {
        LoopStats loop = new LoopStats();
        loops.add(loop);
        return loop;
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

    /** Merges and publishes what happened since the last call; to be called once a second. Control context only. */
    public StatsSnapshot sample() {
        Span span = timeline.cut();
        dropLeft();
        discover();
        Map<Member, MemberStats> memberStats = new HashMap<>();
        members.forEach((member, window) -> memberStats.put(member, window.sample(span, member, loops)));
        Map<String, Histogram> latencies = latenciesByPool();
        Map<String, PoolStats> poolStats = new HashMap<>();
        pools.forEach((pool, window) ->
                poolStats.put(pool, window.sample(span, pool, loops, latencies.getOrDefault(pool, newHistogram()))));
        Map<String, ListenerStats> listenerStats = new HashMap<>();
        listeners.forEach((name, window) -> listenerStats.put(name, window.sample(span, name, loops)));
        Histogram all = newHistogram();
        latencies.values().forEach(all::add);
        Latency latency = HistogramWindow.latency(span, all);
        snapshot = new StatsSnapshot(span.windowSeconds(), latency, memberStats, poolStats, listenerStats);
        return snapshot;
    }

    /**
     * The total times of a member's last requests, as of the last sample. Control context only; some 10 µs for each second
     * of a busy member.
     *
     * @param last a minute or less
     */
    public Latency recent(Member member, Duration last) {
        Histogram sum = newHistogram();
        MemberWindow window = members.get(member);
        if (window != null) {
            window.addRecentTo(sum, timeline.last() - last.toNanos());
        }
        return HistogramWindow.latency(last.toNanos() / 1e9, sum);
    }

    private void dropLeft() {
        for (Member member : List.copyOf(leaving)) {
            if (member.inFlight() == 0) {
                leaving.remove(member);
                members.remove(member);
                loops.forEach(loop -> loop.forget(member));
            }
        }
    }

    private void discover() {
        for (LoopStats loop : loops) {
            for (Member member : loop.members()) {
                members.computeIfAbsent(member, any -> new MemberWindow());
                pools.computeIfAbsent(member.pool(), any -> new PoolWindow());
            }
            loop.pools().forEach(pool -> pools.computeIfAbsent(pool, any -> new PoolWindow()));
            loop.listeners().forEach(name -> listeners.computeIfAbsent(name, any -> new ListenerWindow()));
        }
    }

    private Map<String, Histogram> latenciesByPool() {
        Map<String, Histogram> sums = new HashMap<>();
        members.forEach((member, window) -> window.addTo(sums.computeIfAbsent(member.pool(), any -> newHistogram())));
        return sums;
    }

    private static Histogram newHistogram() {
        return new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
    }
}
