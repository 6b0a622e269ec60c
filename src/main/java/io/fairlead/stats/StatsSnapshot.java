package io.fairlead.stats;

import io.fairlead.member.Member;
import java.util.Collections;
import java.util.Map;

/**
 * All that is known at one sample: whoever shows statistics renders this one object. Immutable; any thread.
 *
 * @param windowSeconds the real length of the last minute: less after a start
 * @param latency of all members' answers together
 * @param incoming all listeners together
 * @param members by identity; one that never had a request is missing. Not copied, as there may be thousands: never to be
 *     changed by whoever hands it over
 * @param pools by name; likewise
 * @param listeners by name; likewise
 * @param routes by name; likewise. The empty name stands for requests that met no route
 */
public record StatsSnapshot(
        double windowSeconds,
        Latency latency,
        ListenerStats incoming,
        Map<Member, MemberStats> members,
        Map<String, PoolStats> pools,
        Map<String, ListenerStats> listeners,
        Map<String, RouteStats> routes) {
    /** Before the first sample. */
    public static final StatsSnapshot EMPTY =
            new StatsSnapshot(0, Latency.none(0), ListenerStats.none(0), Map.of(), Map.of(), Map.of(), Map.of());

    public StatsSnapshot {
        members = Collections.unmodifiableMap(members);
        pools = Map.copyOf(pools);
        listeners = Map.copyOf(listeners);
        routes = Map.copyOf(routes);
    }

    /** Of this member, whether or not it ever had a request. */
    public MemberStats member(Member member) {
        MemberStats known = members.get(member);
        return known != null ? known : MemberStats.none(windowSeconds);
    }

    /** Of the pool that goes by this name, likewise. */
    public PoolStats pool(String name) {
        PoolStats known = pools.get(name);
        return known != null ? known : PoolStats.none(windowSeconds);
    }

    /** Of the listener that goes by this name, likewise. */
    public ListenerStats listener(String name) {
        ListenerStats known = listeners.get(name);
        return known != null ? known : ListenerStats.none(windowSeconds);
    }

    /** Of the route that goes by this name, likewise. */
    public RouteStats route(String name) {
        RouteStats known = routes.get(name);
        return known != null ? known : RouteStats.none(windowSeconds);
    }
}
