package io.fairlead.pool;

import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
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
    private static final Duration SHORTEST = Duration.ofMillis(1);

    public TimeoutSettings {
        Range.atLeast("connect", connect, SHORTEST);
        Range.atLeast("first_byte", firstByte, SHORTEST);
        Range.atLeast("idle", idle, SHORTEST);
    }
}
