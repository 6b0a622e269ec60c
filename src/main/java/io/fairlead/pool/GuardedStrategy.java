package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a pool going when its strategy fails, as that of a plug-in may: the least loaded member gets the request then. It is
 * said once for every change of candidates, not for every request.
 */
final class GuardedStrategy implements BalancingStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedStrategy.class);

    private final String pool;
    private final BalancingStrategy strategy;
    // Any event loop sets it, control context takes it back; it may be said twice when two loops meet the failure at
    // once.
    private volatile boolean said;

    GuardedStrategy(String pool, BalancingStrategy strategy) {
        this.pool = pool;
        this.strategy = strategy;
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        said = false;
        Picker picker;
        try {
            picker = Objects.requireNonNull(strategy.picker(candidates), "its picker is null");
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return key -> leastLoaded(candidates);
        }
        return key -> pick(picker, key, candidates);
    }

    private Member pick(Picker picker, RequestKey key, List<Candidate> candidates) {
        try {
            return Objects.requireNonNull(picker.pick(key), "its pick is null");
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return leastLoaded(candidates);
        }
    }

    private static Member leastLoaded(List<Candidate> candidates) {
        @Nullable Member member = Snapshot.leastLoaded(candidates, List.of(), Candidate::hasRoom);
        return member == null ? candidates.get(0).member() : member;
    }

    @Override
    public OptionalDouble movedKeys(List<Candidate> before, List<Candidate> after) {
        try {
            return strategy.movedKeys(before, after);
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return OptionalDouble.empty();
        }
    }

    @Override
    public void opened(Member member) {
        try {
            strategy.opened(member);
        } catch (RuntimeException | LinkageError e) {
            say(e);
        }
    }

    @Override
    public void closed(Lease lease) {
        try {
            strategy.closed(lease);
        } catch (RuntimeException | LinkageError e) {
            say(e);
        }
    }

    private void say(Throwable e) {
        if (!said) {
            said = true;
            LOG.error(
                    "pool {}: its strategy failed, the least loaded member is used instead: {}", pool, e.toString(), e);
        }
    }
}
