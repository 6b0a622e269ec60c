package io.fairlead.stats.sample;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.fairlead.stats.Histograms;
import io.fairlead.stats.Latency;
import io.fairlead.stats.ProcessStats;
import io.fairlead.stats.record.LatencyRecorder;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Watches the process: memory when sampled, collector pauses as the JVM tells of them, event loop lag as it is told.
 * What else stops a request for a while is found here when no member is to blame.
 */
public final class ProcessRecorder implements AutoCloseable {
    private final LongSupplier moreDirectBytes;
    private final NotificationListener onCollection = (notification, handback) -> collected(notification);
    // Any thread.
    private final Recorder gcPauses = new Recorder(Histograms.SIGNIFICANT_DIGITS);
    private final Recorder lags = new Recorder(Histograms.SIGNIFICANT_DIGITS);
    // Control context only, down to the blank line.
    private final Timeline timeline;
    private final List<NotificationEmitter> watched = new ArrayList<>();
    private final HistogramWindow gcPauseWindow = new HistogramWindow();
    private final HistogramWindow lagWindow = new HistogramWindow();
    private @Nullable Histogram gcSpare;
    private @Nullable Histogram lagSpare;

    // Control context writes, any thread reads.
    private volatile ProcessStats stats = ProcessStats.EMPTY;

    /**
     * Watches from now on, until closed.
     *
     * @param ticker nanoseconds of a clock that never goes back
     * @param moreDirectBytes direct memory that the JVM's own count of buffers leaves out, such as an allocator's; bytes
     */
    public ProcessRecorder(LongSupplier ticker, LongSupplier moreDirectBytes) {
        this.moreDirectBytes = moreDirectBytes;
        this.timeline = new Timeline(ticker);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (stopsTheWorld(collector) && collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(onCollection, null, null);
                watched.add(emitter);
            }
        }
    }

    /** An event loop ran a timer that much later than it was due. Any thread. */
    public void lag(long nanos) {
        lags.recordValue(LatencyRecorder.micros(nanos));
    }

    /** The last sample. Any thread. */
    public ProcessStats stats() {
        return stats;
    }

    /** Takes and publishes a new sample; to be called once a second. Control context only. */
    public ProcessStats sample() {
        Span span = timeline.cut();
        gcSpare = gcPauses.getIntervalHistogram(gcSpare);
        gcPauseWindow.add(span, gcSpare);
        lagSpare = lags.getIntervalHistogram(lagSpare);
        lagWindow.add(span, lagSpare);
        Latency pauses = gcPauseWindow.latency(span);
        Latency late = lagWindow.latency(span);
        stats = new ProcessStats(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                Runtime.getRuntime().maxMemory(),
                directBytes(),
                pauses.p99(),
                pauses.max(),
                late.p99(),
                late.max());
        return stats;
    }

    /** Ceases to watch. Calls after the first do nothing. Control context only. */
    @Override
    public void close() {
        for (NotificationEmitter emitter : watched) {
            try {
                emitter.removeNotificationListener(onCollection);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("added by the constructor, yet not found", e);
            }
        }
        watched.clear();
    }

    private long directBytes() {
        long sum = moreDirectBytes.getAsLong();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                sum += pool.getMemoryUsed();
            }
        }
        return sum;
    }

    private void collected(Notification notification) {
        if (notification.getUserData() instanceof CompositeData data
                && notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long millis =
                    GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
            gcPauses.recordValue(LatencyRecorder.micros(TimeUnit.MILLISECONDS.toNanos(millis)));
        }
    }

    /** Beans of collectors that run beside the program report cycles, which are no pauses. */
    private static boolean stopsTheWorld(GarbageCollectorMXBean collector) {
        return !collector.getName().contains("Cycles") && !collector.getName().contains("Concurrent");
    }
}
