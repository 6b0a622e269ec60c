package io.fairlead.wire;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what must come true soon, as long as {@link Wire#PATIENCE}, and no longer than it takes. */
final class Await {
    private static final long STEP_NANOS = 1_000_000;
    private static final int QUIET_STEPS = 300;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError with the text if it does not come to hold
     */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Wire.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Lets a little time pass: for a peer that is slow but steady. */
    static void pause() {
        LockSupport.parkNanos(50 * STEP_NANOS);
    }

    /**
     * The value when it has stood still for a good while. What is late shows as a smaller value, never as a failure: use it
     * for upper bounds only.
     */
    static long settled(LongSupplier value) {
        long last = value.getAsLong();
        for (int still = 0; still < QUIET_STEPS; still++) {
            LockSupport.parkNanos(STEP_NANOS);
            long now = value.getAsLong();
            still = now == last ? still : 0;
            last = now;
        }
        return last;
    }
}
