package io.fairlead.route;

import io.fairlead.pool.Pool;
import java.time.Duration;

/**
 * A route with its pool found.
 *
 * @param settings as configured
 * @param pool where its requests go
 */
public record Route(RouteSettings settings, Pool pool) {
    /** The whole exchange; zero: no limit. */
    public Duration timeout() {
        return settings.timeout();
    }
}
