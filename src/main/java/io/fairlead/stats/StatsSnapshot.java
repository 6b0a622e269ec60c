package io.fairlead.stats;

import io.fairlead.member.Member;
import java.util.Map;

/**
 * All that is known at one sample: whoever shows statistics renders this one object. Immutable; any thread.
 *
 * @param windowSeconds the real length of the last minute: less after a start
 * @param latency of all members' answers together
 * @param members by identity; one that never had a request is missing
 * @param pools by name; likewise
 * @param listeners by name; likewise
 */
public record StatsSnapshot(
        double windowSeconds,
        Latency latency,
        Map<Member, MemberStats> members,
        Map<String, PoolStats> pools,
        Map<String, ListenerStats> listeners) {
    static final StatsSnapshot EMPTY = new StatsSnapshot(0, Latency.none(0), Map.of(), Map.of(), Map.of());

    public StatsSnapshot {
        members = Map.copyOf(members);
        pools = Map.copyOf(pools);
        listeners = Map.copyOf(listeners);
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

    /** What came in at all listeners together. */
    public ListenerStats incoming() {
        return listeners.values().stream().reduce(ListenerStats.none(windowSeconds), ListenerStats::plus);
    }
}
