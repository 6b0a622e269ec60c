package io.fairlead.pool;

import io.fairlead.settings.Default;
import java.time.Duration;

/**
 * How long a member may keep a request waiting: {@code [pools.X.timeouts]}. Each ends in a 504 that says which it was.
 *
 * @param connect to get a connection; 1 ms or more
 * @param firstByte from the request's end to the response's head; 1 ms or more
 * @param idle without a byte in either direction while bodies or a tunnel are open; 1 ms or more
 */
public record TimeoutSettings(
        @Default("1s") Duration connect,
        @Default("30s") Duration firstByte,
        @Default("60s") Duration idle) {
    public TimeoutSettings {
        positive("connect", connect);
        positive("first_byte", firstByte);
        positive("idle", idle);
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + value.toMillis() + "ms (expected: 1ms or more)");
        }
    }
}
