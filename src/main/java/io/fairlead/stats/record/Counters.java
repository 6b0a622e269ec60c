package io.fairlead.stats.record;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few counts that one thread raises and any thread reads. Raising is a plain read and a release write: no locked
 * instruction, as there is only one writer. Reading is an acquire, so whoever sees a count also sees what was written
 * before it.
 */
final class Counters {
    // One event loop writes, control context reads.
    private final AtomicLongArray values;

    Counters(int size) {
        values = new AtomicLongArray(size);
    }

    /** Raises one count. The writer's thread only. */
    void add(int index, long amount) {
        values.setRelease(index, values.getPlain(index) + amount);
    }

    /** One count as it stands. Any thread. */
    long get(int index) {
        return values.getAcquire(index);
    }
}
