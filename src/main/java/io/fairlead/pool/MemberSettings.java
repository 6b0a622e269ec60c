package io.fairlead.pool;

import io.fairlead.member.AdminState;
import io.fairlead.member.MemberAddress;
import io.fairlead.settings.Default;
import io.fairlead.settings.FromString;

/**
 * A member as configured: an element of {@code members}, a plain {@code "host:port"} or a table.
 *
 * @param address where it listens
 * @param id unique in the pool; empty: the address
 * @param weight its part of the traffic against the other members' weights; 1 to 256
 * @param tier 0 is the best; a worse one (1, 2, ... 15) takes what the better ones cannot take, as they lose members
 * @param admin whether it is to serve, until the operator orders something else
 */
@FromString
public record MemberSettings(
        MemberAddress address,
        @Default("") String id,
        @Default("1") int weight,
        @Default("0") int tier,
        @Default("ready") AdminState admin) {
    public MemberSettings {
        if (id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("id: \"" + id + "\" (expected: no slash)");
        }
        requireWeight(weight);
        if (tier < 0 || tier > 15) {
            throw new IllegalArgumentException("tier: " + tier + " (expected: 0 to 15)");
        }
        id = id.isEmpty() ? address.toString() : id;
    }

    /**
     * A weight as it may be configured or ordered.
     *
     * @throws IllegalArgumentException if it is not 1 to 256
     */
    public static int requireWeight(int weight) {
        if (weight < 1 || weight > 256) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to 256)");
        }
        return weight;
    }
}
