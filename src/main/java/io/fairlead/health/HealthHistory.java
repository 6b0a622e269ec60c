package io.fairlead.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one member: its last 256 probes and transitions, the oldest forgotten first. An entry takes 32 bytes,
 * more if it is not like all the others: times are kept as numbers and results are shared, because with ten thousand members
 * there are millions of entries, and as objects they would cost the collector more than the probes cost anybody else.
 *
 * <p>Control context only.
 */
public final class HealthHistory {
    /** Entries that are kept. */
    public static final int LENGTH = 256;

    private static final int FIRST_LENGTH = 8;
    private static final long SECOND = 1_000_000_000;
    private static final int TIMES = 3;
    private static final String NO_COUNT = "";

    // Of a probe: when it ended, what it took, and what the next was then away, all in nanoseconds.
    private long[] times = new long[TIMES * FIRST_LENGTH];
    // Of a probe its result, or a transition as it is.
    private Object[] what = new Object[FIRST_LENGTH];
    private String[] counts = new String[FIRST_LENGTH];
    private final HealthTally tally = new HealthTally();
    private int size;
    private int next;

    /** Adds the newest. */
    public void add(HistoryEntry entry) {
        tally.add(entry);
        if (size == what.length && size < LENGTH) {
            grow();
        }
        if (entry instanceof ProbeReport probe) {
            times[TIMES * next] = nanos(probe.at());
            times[TIMES * next + 1] = probe.took().toNanos();
            times[TIMES * next + 2] = nanos(probe.next()) - nanos(probe.at());
            set(probe.result(), probe.count());
        } else {
            set(entry, NO_COUNT);
        }
        next = (next + 1) % what.length;
        size = Math.min(size + 1, LENGTH);
    }

    /** What stood there is mostly the very same object: then nothing is written, and the collector has nothing to look at. */
    private void set(Object newest, String count) {
        if (what[next] != newest) {
            what[next] = newest;
        }
        if (counts[next] != count) {
            counts[next] = count;
        }
    }

    private void grow() {
        next = size;
        int length = Math.min(LENGTH, 2 * size);
        times = Arrays.copyOf(times, TIMES * length);
        what = Arrays.copyOf(what, length);
        counts = Arrays.copyOf(counts, length);
    }

    /** All that is remembered, the newest first. */
    public List<HistoryEntry> newestFirst() {
        List<HistoryEntry> all = new ArrayList<>(size);
        for (int back = 1; back <= size; back++) {
            all.add(entry(Math.floorMod(next - back, what.length)));
        }
        return all;
    }

    /** The results of the last probes that are remembered, the oldest first: {@code p} passed, {@code f} failed; at most so many. */
    public String results(int most) {
        StringBuilder newestFirst = new StringBuilder(most);
        for (int back = 1; back <= size && newestFirst.length() < most; back++) {
            Object one = what[Math.floorMod(next - back, what.length)];
            if (one instanceof ProbeResult result) {
                newestFirst.append(result instanceof ProbeResult.Passed ? 'p' : 'f');
            }
        }
        return newestFirst.reverse().toString();
    }

    /** How often what happened. */
    public HealthTally tally() {
        return tally;
    }

    /** The last probe that ended; empty before the first, and after so many transitions that it is forgotten. */
    public Optional<ProbeReport> lastProbe() {
        for (int back = 1; back <= size; back++) {
            if (entry(Math.floorMod(next - back, what.length)) instanceof ProbeReport probe) {
                return Optional.of(probe);
            }
        }
        return Optional.empty();
    }

    private HistoryEntry entry(int index) {
        if (what[index] instanceof Transition transition) {
            return transition;
        }
        long at = times[TIMES * index];
        return new ProbeReport(
                (ProbeResult) what[index],
                instant(at),
                Duration.ofNanos(times[TIMES * index + 1]),
                instant(at + times[TIMES * index + 2]),
                counts[index]);
    }

    /** Since 1970; holds until 2262. */
    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
