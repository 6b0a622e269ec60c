package io.fairlead.stats;

/**
 * The process itself.
 *
 * @param heapBytes used on the heap
 * @param directBytes used outside of it, by buffers
 * @param gcPauseP99Millis of the collector's pauses in the last minute, which the JVM tells in whole milliseconds; 0 if
 *     there was none
 * @param eventLoopLagP99Millis how late event loops ran their timers in the last minute; 0 if nobody measured
 */
public record ProcessStats(long heapBytes, long directBytes, double gcPauseP99Millis, double eventLoopLagP99Millis) {
    static final ProcessStats EMPTY = new ProcessStats(0, 0, 0, 0);
}
