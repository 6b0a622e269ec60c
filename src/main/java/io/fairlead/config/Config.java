package io.fairlead.config;

import io.fairlead.admin.AdminSettings;
import io.fairlead.admin.events.EventSettings;
import io.fairlead.pool.PoolSettings;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.ShutdownSettings;
import io.fairlead.proxy.log.AccessLogSettings;
import io.fairlead.route.RouteSettings;
import io.fairlead.settings.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole configuration that was found to be right: the composition of the settings records, cross-checked.
 *
 * @param admin the operator's window
 * @param listeners at least one; names and addresses differ
 * @param routes at least one; each names a pool that exists
 * @param pools at least one, by name, in the order of the file
 * @param accessLog a line for each request; empty: none
 * @param events who else is told of what happens
 * @param shutdown what a stop waits for
 */
public record Config(
        AdminSettings admin,
        @Default("") List<ListenerSettings> listeners,
        @Default("") List<RouteSettings> routes,
        @Default("") Map<String, PoolSettings> pools,
        Optional<AccessLogSettings> accessLog,
        EventSettings events,
        ShutdownSettings shutdown) {
    /** The same with other pools of the same names. */
    public Config withPools(Map<String, PoolSettings> others) {
        return new Config(admin, listeners, routes, others, accessLog, events, shutdown);
    }
}
