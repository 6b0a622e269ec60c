package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A strategy that fails, as one of a plug-in may, costs a log line and no request. */
class GuardedStrategyTest {
    @Test
    void withoutAPickTheLeastLoadedIsUsed() {
        assertThat(fourRequests(pool(candidates -> key -> {
                    throw new IllegalStateException("thrown by the test");
                })))
                .containsExactly("a", "b", "a", "b");
    }

    @Test
    void withoutAPickerTheLeastLoadedIsUsed() {
        assertThat(fourRequests(pool(candidates -> {
                    throw new NoClassDefFoundError("missed by the test");
                })))
                .containsExactly("a", "b", "a", "b");
    }

    @Test
    @SuppressWarnings("NullAway") // what a plug-in may do all the same
    void nothingIsNoPick() {
        assertThat(fourRequests(pool(candidates -> key -> null))).containsExactly("a", "b", "a", "b");
        assertThat(fourRequests(pool(candidates -> null))).containsExactly("a", "b", "a", "b");
    }

    @Test
    void healthIsTakenInThoughTheStrategyFails() {
        Pool pool = pool(candidates -> {
            throw new IllegalStateException("thrown by the test");
        });
        Health down = new Health(HealthState.DOWN, Instant.EPOCH, Source.ACTIVE, "because the test says so");
        pool.observe(pool.members().get(0), down);
        assertThat(fourRequests(pool)).containsExactly("b", "b", "b", "b");
    }

    @Test
    void aPlanIsMadeThoughTheStrategyCannotTellWhichKeysMove() {
        Pool pool = pool(new BalancingStrategy() {
            @Override
            public Picker picker(List<Candidate> candidates) {
                return key -> candidates.get(0).member();
            }

            @Override
            public OptionalDouble movedKeys(List<Candidate> before, List<Candidate> after) {
                throw new IllegalStateException("thrown by the test");
            }
        });
        List<Candidate> candidates = pool.candidatesOf(pool.intent());
        assertThat(pool.parts().strategy().movedKeys(candidates, candidates)).isEmpty();
    }

    @Test
    void whoeverWaitsIsServedThoughTheHooksFail() {
        Pool pool = new PoolBuilder("app")
                .members(1)
                .maxConnections(1)
                .strategy(new BalancingStrategy() {
                    @Override
                    public Picker picker(List<Candidate> candidates) {
                        return key -> candidates.get(0).member();
                    }

                    @Override
                    public void opened(Member member) {
                        throw new IllegalStateException("thrown by the test");
                    }

                    @Override
                    public void closed(Lease lease) {
                        throw new IllegalStateException("thrown by the test");
                    }
                })
                .build();
        Lease first = Objects.requireNonNull(pool.tryLease(RequestKey.NONE, Set.of(), null));
        List<Lease> granted = new ArrayList<>();
        pool.queue(Set.of(), null, granted::add);
        first.close(Outcome.ANSWERED, 0);
        assertThat(granted).hasSize(1);
    }

    private static Pool pool(BalancingStrategy strategy) {
        return new PoolBuilder("app").members(1, 1).strategy(strategy).build();
    }

    /** The members of four requests that stay open. */
    private static List<String> fourRequests(Pool pool) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(Objects.requireNonNull(pool.tryLease(RequestKey.NONE, Set.of(), null))
                    .member()
                    .id());
        }
        return ids;
    }
}
