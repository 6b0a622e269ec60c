package io.fairlead.stats.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A few counts that one thread raises and any thread reads. Raising is a plain read and a release write: no locked
 * instruction, as there is only one writer. Reading is an acquire, so whoever sees a count also sees what was written
 * before it.
 */
final class Counters {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

    // One event loop writes, control context reads.
    private final long[] values;

    Counters(int size) {
        values = new long[size];
    }

    /** Raises one count. The writer's thread only. */
    void add(int index, long amount) {
        VALUE.setRelease(values, index, values[index] + amount);
    }

    /** One count as it stands. Any thread. */
    long get(int index) {
        return (long) VALUE.getAcquire(values, index);
    }
}
