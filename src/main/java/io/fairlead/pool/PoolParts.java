package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.member.tls.MemberTls;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a pool's settings need to be made, and what may fail to be: so it is made before anything is changed.
 *
 * @param strategy chooses among the candidates; guarded, so that it never fails
 * @param tls how members are spoken to by TLS
 */
public record PoolParts(BalancingStrategy strategy, Optional<MemberTls> tls) {
    /**
     * New ones.
     *
     * @throws IllegalArgumentException if a file that TLS needs cannot be read any more
     */
    public static PoolParts of(String pool, PoolSettings settings, BalancingStrategy strategy) {
        return new PoolParts(new GuardedStrategy(pool, strategy), settings.tls().map(MemberTls::of));
    }

    /**
     * Those for other settings. What these do not alter stays the same object: a strategy keeps what it knows, and connections
     * by TLS their sessions; unless a file that TLS needs has another content by now.
     *
     * @param pool whose they are
     * @param now the settings that these were made for
     * @param strategies makes a strategy
     * @throws IllegalArgumentException if a file that TLS needs cannot be read any more
     */
    public PoolParts renewed(
            String pool, PoolSettings now, PoolSettings next, Function<PoolSettings, BalancingStrategy> strategies) {
        return new PoolParts(
                next.strategy().equals(now.strategy()) ? strategy : new GuardedStrategy(pool, strategies.apply(next)),
                next.tls()
                        .map(settings -> tls.filter(present -> present.isCurrent(settings))
                                .orElseGet(() -> MemberTls.of(settings))));
    }

    /**
     * Those of before, but with the strategy of now where it was not changed: it knows what happened since.
     *
     * @param now the settings that these were made for
     * @param then the settings that the others were made for
     */
    public PoolParts backTo(PoolParts earlier, PoolSettings now, PoolSettings then) {
        return new PoolParts(then.strategy().equals(now.strategy()) ? strategy : earlier.strategy, earlier.tls);
    }
}
