package io.fairlead.proxy.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request, on a thread of its own: what it is given waits in a queue, and is written every 50 ms in as few
 * writes as can be, each of whole lines. An event loop is never held up: when 8 MiB wait because the output is slow, more is
 * dropped, and how much is said in the log of the program, once a second at most.
 *
 * <p>A file is opened once and appended to, so that it may be truncated from outside; renamed, it is written to further.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final long MOST_WAITING = 8 << 20;
    private static final int BATCH = 64 << 10;
    private static final long PERIOD_NANOS = Duration.ofMillis(50).toNanos();
    private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AccessLogSettings settings;
    private final LineFormat format;
    private final OutputStream output;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Thread writer;
    // Any event loop adds, the writer takes: and about how many bytes they are.
    private final Queue<AccessRecord> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingSize = new AtomicLong();
    // Any event loop and the writer.
    private final LongAdder dropped = new LongAdder();
    // The writer's own.
    private final StringBuilder lines = new StringBuilder();
    private int count;
    private long reported;
    private long reportedAt;
    private String reason = "";
    // Whoever closes it writes, the writer reads.
    private volatile boolean closing;

    /**
     * A log that writes to an output; it closes that if the settings name a file.
     *
     * @param clock the time of day, for the lines
     * @param ticker nanoseconds from an arbitrary origin
     */
    AccessLog(AccessLogSettings settings, OutputStream output, InstantSource clock, LongSupplier ticker) {
        this.settings = settings;
        this.format = LineFormat.of(settings.format());
        this.output = output;
        this.clock = clock;
        this.ticker = ticker;
        this.reportedAt = ticker.getAsLong() - REPORT_NANOS;
        this.writer = new Thread(this::run, "access-log");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens it; empty if the settings name no output.
     *
     * @param standardOutput what {@code "-"} stands for
     * @param clock the time of day, for the lines
     * @param ticker nanoseconds from an arbitrary origin
     * @throws IllegalStateException if the file cannot be opened
     */
    public static Optional<AccessLog> open(
            AccessLogSettings settings, OutputStream standardOutput, InstantSource clock, LongSupplier ticker) {
        if (settings.path().isNone()) {
            return Optional.empty();
        }
        OutputStream output = settings.path().file().map(AccessLog::file).orElse(standardOutput);
        return Optional.of(new AccessLog(settings, output, clock, ticker));
    }

    private static OutputStream file(Path path) {
        try {
            return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException("access_log.path: " + path + ": cannot be opened for writing", e);
        }
    }

    /** By which it goes. Any thread. */
    public AccessLogSettings settings() {
        return settings;
    }

    /** The time of day. Any event loop. */
    public Instant now() {
        return clock.instant();
    }

    /** Whether a request with this end is to be logged. Any event loop. */
    public boolean wants(int status, long durationNanos) {
        return settings.wants(status, durationNanos);
    }

    /** Takes a record to be written, or drops it. Any event loop; never waits. */
    public void take(AccessRecord entry) {
        long size = entry.size();
        if (waitingSize.addAndGet(size) > MOST_WAITING) {
            waitingSize.addAndGet(-size);
            dropped.increment();
        } else {
            waiting.add(entry);
        }
    }

    /** How many records were not written, because the output was slow or failed. Any thread. */
    public long dropped() {
        return dropped.sum();
    }

    /** Writes what waits, as long as the output takes it, and ends; at most 2 s. Any thread but an event loop. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writer);
        try {
            writer.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            writeAll();
            report(false);
            if (!closing) {
                LockSupport.parkNanos(this, PERIOD_NANOS);
            }
        }
        writeAll();
        report(true);
        if (settings.path().file().isPresent()) {
            closeOutput();
        }
    }

    private void writeAll() {
        for (AccessRecord entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            waitingSize.addAndGet(-entry.size());
            format.append(entry, lines);
            count++;
            if (lines.length() >= BATCH) {
                write();
            }
        }
        if (count > 0) {
            write();
        }
    }

    private void write() {
        try {
            output.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
            output.flush();
        } catch (IOException e) {
            reason = "it cannot be written: " + e.getMessage();
            dropped.add(count);
        }
        lines.setLength(0);
        count = 0;
    }

    /** Says how many were dropped since it was last said. */
    private void report(boolean last) {
        long sum = dropped.sum();
        long now = ticker.getAsLong();
        if (sum > reported && (last || now - reportedAt >= REPORT_NANOS)) {
            LOG.warn("access log: {} lines dropped, {}", sum - reported, reason.isEmpty() ? "it is too slow" : reason);
            reported = sum;
            reportedAt = now;
            reason = "";
        }
    }

    private void closeOutput() {
        try {
            output.close();
        } catch (IOException e) {
            LOG.warn("access log: {}", e.getMessage());
        }
    }
}
