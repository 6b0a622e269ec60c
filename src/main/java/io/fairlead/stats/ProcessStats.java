package io.fairlead.stats;

/**
 * The process itself.
 *
 * @param heapBytes used on the heap
 * @param heapMaxBytes the most that the heap may come to
 * @param directBytes used outside of it, by buffers
 * @param gcPauseP99Millis of the collector's pauses in the last minute, which the JVM tells in whole milliseconds; 0 if
 *     there was none
 * @param gcPauseMaxMillis the longest of them
 * @param eventLoopLagP99Millis how late event loops ran their timers in the last minute; 0 if nobody measured
 * @param eventLoopLagMaxMillis the latest of them
 */
public record ProcessStats(
        long heapBytes,
        long heapMaxBytes,
        long directBytes,
        double gcPauseP99Millis,
        double gcPauseMaxMillis,
        double eventLoopLagP99Millis,
        double eventLoopLagMaxMillis) {
    /** Before the first sample. */
    public static final ProcessStats EMPTY = new ProcessStats(0, 0, 0, 0, 0, 0, 0);
}
