package io.fairlead.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.stats.ProcessStats;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessRecorderTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void tellsMemoryOfTheHeapAndOutsideOfIt() {
        ByteBuffer held = ByteBuffer.allocateDirect(1 << 20);
        try (ProcessRecorder process = new ProcessRecorder(now::get, () -> 1L << 40)) {
            ProcessStats seen = process.sample();
            assertThat(seen.heapBytes()).isPositive();
            assertThat(seen.directBytes()).isGreaterThanOrEqualTo((1L << 40) + held.capacity());
            assertThat(process.stats()).isEqualTo(seen);
        }
    }

    @Test
    void lagIsOfTheLastMinute() {
        try (ProcessRecorder process = new ProcessRecorder(now::get, () -> 0)) {
            for (int i = 0; i < 100; i++) {
                process.lag(TimeUnit.MILLISECONDS.toNanos(i < 95 ? 1 : 40));
            }
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            process.lag(TimeUnit.MILLISECONDS.toNanos(90));
            ProcessStats seen = process.sample();
            assertThat(seen.eventLoopLagP99Millis()).isCloseTo(40, within(0.4));
            assertThat(seen.eventLoopLagMaxMillis()).isCloseTo(90, within(0.9));
            assertThat(seen.heapMaxBytes()).isGreaterThanOrEqualTo(seen.heapBytes());

            now.addAndGet(TimeUnit.SECONDS.toNanos(120));
            assertThat(process.sample().eventLoopLagP99Millis()).isZero();
        }
    }

    @Test
    void closesTwiceWithoutHarm() {
        ProcessRecorder process = new ProcessRecorder(now::get, () -> 0);
        process.close();
        process.close();
        assertThat(process.stats()).isEqualTo(ProcessStats.EMPTY);
    }
}
