package io.fairlead.pool;

import io.fairlead.balance.StrategyProvider;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.member.Candidate;
import io.fairlead.member.tls.TlsSettings;
import io.fairlead.settings.Choice;
import io.fairlead.settings.ChoiceOf;
import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import io.fairlead.settings.Share;
import java.time.Duration;
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
 * @param tls how members are spoken to by TLS, for requests and probes; without it in cleartext
 * @param sticky sessions that stay at one member, by cookie
 * @param slowStart how long a member that comes back takes to get its full weight; zero: it gets it at once
 * @param maxConnections requests in flight per member, beyond which they wait in the queue; 0: no limit
 * @param maxQueue requests that may wait at one time; 0: none waits
 * @param queueTimeout how long one may wait; 1 ms or more
 * @param minAvailable when a smaller share of the members is up, all are used (fail open); 0% to 100%, 0%: never
 * @param health active checks; without them members count as up
 * @param outlier passive checks, from live traffic
 */
public record PoolSettings(
        @Default("round-robin") @ChoiceOf(StrategyProvider.class)
        Choice strategy,

        List<MemberSettings> members,
        @Default("preserve") String host,
        Optional<TlsSettings> tls,
        Optional<StickySettings> sticky,
        @Default("0s") Duration slowStart,
        @Default("0") int maxConnections,
        @Default("1024") int maxQueue,
        @Default("1s") Duration queueTimeout,
        @Default("0%") Share minAvailable,
        Optional<HealthSettings> health,
        OutlierSettings outlier,
        RetrySettings retry,
        TimeoutSettings timeouts) {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    public PoolSettings {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members: empty (expected: at least one)");
        }
        Range.atLeast("slow_start", slowStart, Duration.ZERO);
        Range.atLeast("max_connections", maxConnections, 0);
        Range.atLeast("max_queue", maxQueue, 0);
        Range.atLeast("queue_timeout", queueTimeout, SHORTEST_WAIT);
        if (minAvailable.fraction() > 1) {
            throw new IllegalArgumentException("min_available: " + minAvailable + " (expected: 0% to 100%)");
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

    /** The same with other members. */
    PoolSettings withMembers(List<MemberSettings> others) {
        return new PoolSettings(
                strategy,
                others,
                host,
                tls,
                sticky,
                slowStart,
                maxConnections,
                maxQueue,
                queueTimeout,
                minAvailable,
                health,
                outlier,
                retry,
                timeouts);
    }

    /** How many requests a member may have in flight; {@link Candidate#UNLIMITED} where there is no limit. */
    int capacity() {
        return maxConnections == 0 ? Candidate.UNLIMITED : maxConnections;
    }
}
