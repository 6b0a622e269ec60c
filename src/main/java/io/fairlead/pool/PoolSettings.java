package io.fairlead.pool;

import io.fairlead.balance.StrategyProvider;
import io.fairlead.health.HealthSettings;
import io.fairlead.settings.Choice;
import io.fairlead.settings.ChoiceOf;
import io.fairlead.settings.Default;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group of members that answer the same requests: {@code [pools.X]}.
 *
 * @param strategy how a member is chosen, with the strategy's options beside it
 * @param members at least one, each with an id of its own
 * @param host the Host header towards members: {@code "preserve"} the client's, {@code "member"} for the member's address,
 *     or a fixed name
 * @param health active checks; without them members count as up
 */
public record PoolSettings(
        @Default("round-robin") @ChoiceOf(StrategyProvider.class)
        Choice strategy,

        List<MemberSettings> members,
        @Default("preserve") String host,
        Optional<HealthSettings> health,
        RetrySettings retry,
        TimeoutSettings timeouts) {
    public PoolSettings {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members: empty (expected: at least one)");
        }
        Set<String> ids = new HashSet<>();
        for (MemberSettings member : members) {
            if (!ids.add(member.id())) {
                throw new IllegalArgumentException(
                        "members: \"" + member.id() + "\" twice (expected: ids that differ)");
            }
        }
        members = List.copyOf(members);
    }
}
