package io.fairlead.pool;

import io.fairlead.member.MemberAddress;
import io.fairlead.settings.Default;
import io.fairlead.settings.FromString;

/**
 * A member as configured: an element of {@code members}, a plain {@code "host:port"} or a table.
 *
 * @param address where it listens
 * @param id unique in the pool; empty: the address
 * @param weight its part of the traffic against the other members' weights; 1 to 256
 */
@FromString
public record MemberSettings(
        MemberAddress address,
        @Default("") String id,
        @Default("1") int weight) {
    public MemberSettings {
        if (id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("id: \"" + id + "\" (expected: no slash)");
        }
        if (weight < 1 || weight > 256) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to 256)");
        }
        id = id.isEmpty() ? address.toString() : id;
    }
}
