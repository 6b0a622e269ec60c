package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code max_connections}, and the queue behind it. */
class QueueTest {
    private final List<String> granted = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();

    @Test
    void noMemberGetsMoreThanItMayAndTheOthersAreFilledFirst() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(2).build();
        assertThat(ids(lease(pool), lease(pool), lease(pool), lease(pool))).containsExactly("a", "a", "b", "b");
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNull();
        assertThat(pool.hasMember(Set.of(), null)).isTrue();
    }

    @Test
    void thoseWhoWaitAreServedInTheOrderOfTheirComing() {
        Pool pool = new PoolBuilder("app").members(1).maxConnections(1).build();
        Lease first = lease(pool);
        for (int i = 1; i <= 3; i++) {
            queue(pool, "request " + i, null);
        }
        assertThat(pool.queued()).isEqualTo(3);
        first.close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("request 1 at a");
        leases.get(0).close(Outcome.ANSWERED, 0);
        leases.get(1).close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("request 1 at a", "request 2 at a", "request 3 at a");
        assertThat(pool.queued()).isZero();
        leases.get(2).close(Outcome.ANSWERED, 0);
        assertThat(pool.members().get(0).inFlight()).isZero();
    }

    @Test
    void nobodyWhoComesLaterOvertakes() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(1).build();
        lease(pool);
        Lease second = lease(pool);
        Member b = second.member();
        queue(pool, "early", null);
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNull();
        queue(pool, "late", null);
        second.close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("early at " + b.id());
    }

    @Test
    void aFullQueueTakesNobody() {
        Pool pool =
                new PoolBuilder("app").members(1).maxConnections(1).maxQueue(2).build();
        lease(pool);
        assertThat(queue(pool, "1", null)).isNotNull();
        assertThat(queue(pool, "2", null)).isNotNull();
        assertThat(queue(pool, "3", null)).isNull();
    }

    @Test
    void whoeverLeavesIsNotServed() {
        Pool pool = new PoolBuilder("app").members(1).maxConnections(1).build();
        Lease first = lease(pool);
        Place one = Objects.requireNonNull(queue(pool, "1", null));
        queue(pool, "2", null);
        assertThat(one.leave()).isTrue();
        assertThat(one.leave()).isFalse();
        assertThat(pool.queued()).isEqualTo(1);
        first.close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("2 at a");
    }

    @Test
    void whoeverWasServedCannotLeaveAnyMore() {
        Pool pool = new PoolBuilder("app").members(1).maxConnections(1).build();
        Lease first = lease(pool);
        Place place = Objects.requireNonNull(queue(pool, "1", null));
        first.close(Outcome.ANSWERED, 0);
        assertThat(place.leave()).isFalse();
    }

    @Test
    void aSessionWaitsForItsOwnMemberAndCountsAsItsLoad() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(1).build();
        Lease atA = lease(pool);
        Lease atB = lease(pool);
        Member a = atA.member();
        queue(pool, "session of a", a);
        queue(pool, "anybody", null);
        assertThat(a.load()).isEqualTo(2);
        atB.close(Outcome.ANSWERED, 0);
        assertThat(granted).as("the one before cannot use it").containsExactly("anybody at b");
        atA.close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("anybody at b", "session of a at a");
        assertThat(a.load()).isEqualTo(1);
    }

    @Test
    void sessionsThatWaitForAMemberThatHangsHoldUpNobodyElse() {
        Pool pool = new PoolBuilder("app")
                .members(1, 1)
                .maxConnections(1)
                .maxQueue(2)
                .build();
        Member a = lease(pool).member();
        queue(pool, "session of a", a);
        queue(pool, "another of a", a);
        Lease atB = lease(pool);
        assertThat(atB.member())
                .as("the queue is full, but not with those who could use it")
                .isNotSameAs(a);
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), null)).isNull();
        assertThat(queue(pool, "anybody", null)).isNull();
        atB.close(Outcome.ANSWERED, 0);
        assertThat(lease(pool).member()).isNotSameAs(a);
        assertThat(granted).isEmpty();
    }

    @Test
    void whoWaitsForAMemberIsNotOvertakenThere() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(2).build();
        Member a = lease(pool).member();
        Lease second = lease(pool);
        assertThat(second.member()).isSameAs(a);
        queue(pool, "session of a", a);
        a.addWaiting(1); // as if another had come to wait, and was not served yet
        second.close(Outcome.ANSWERED, 0);
        leases.get(0).close(Outcome.ANSWERED, 0);
        assertThat(a.inFlight()).as("it has room").isEqualTo(1);
        assertThat(lease(pool).member()).isNotSameAs(a);
        assertThat(pool.tryLease(RequestKey.NONE, Set.of(), a)).isNull();
        a.addWaiting(-1);
        assertThat(lease(pool).member()).isSameAs(a);
    }

    @Test
    void aSessionWhoseMemberGoesDownWhileItWaitsGoesElsewhere() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(1).build();
        Member a = lease(pool).member();
        Lease atB = lease(pool);
        queue(pool, "session of a", a);
        observe(pool, a, HealthState.DOWN);
        atB.close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("session of a at b");
        assertThat(a.load()).isEqualTo(1);
    }

    @Test
    void aMemberThatComesBackServesThoseWhoWait() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(1).build();
        Member b = pool.members().get(1);
        observe(pool, b, HealthState.DOWN);
        lease(pool);
        queue(pool, "1", null);
        assertThat(granted).isEmpty();
        observe(pool, b, HealthState.UP);
        assertThat(granted).containsExactly("1 at b");
    }

    @Test
    void aDrainedMemberServesOnlyTheSessionsThatWaitForIt() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(1).build();
        Lease atA = lease(pool);
        lease(pool);
        pool.order(atA.member(), AdminState.DRAIN);
        queue(pool, "anybody", null);
        queue(pool, "session of a", atA.member());
        atA.close(Outcome.ANSWERED, 0);
        assertThat(granted).containsExactly("session of a at a");
    }

    /** Several threads open, queue, leave and close as they like: nothing is lost and no limit passed. */
    @Test
    void nothingIsLostAmongSeveralThreads() throws InterruptedException {
        int limit = 3;
        int perThread = 20_000;
        Pool pool = new PoolBuilder("app")
                .members(1, 1)
                .maxConnections(limit)
                .maxQueue(50)
                .build();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger overLimit = new AtomicInteger();
        Queue<Lease> open = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            int seed = t;
            new Thread(() -> {
                        Queue<Place> places = new ArrayDeque<>();
                        for (int i = 0; i < perThread; i++) {
                            Lease lease = pool.tryLease(RequestKey.NONE, Set.of(), null);
                            if (lease != null) {
                                open.add(lease);
                            } else {
                                Place place = pool.queue(Set.of(), null, open::add);
                                if (place == null) {
                                    refused.incrementAndGet();
                                } else {
                                    places.add(place);
                                }
                            }
                            if ((i + seed) % 7 == 0
                                    && !places.isEmpty()
                                    && places.remove().leave()) {
                                left.incrementAndGet();
                            }
                            overLimit.addAndGet(
                                    Math.max(0, pool.members().get(0).inFlight() - limit));
                            Lease ended = open.poll();
                            if (ended != null && ended.close(Outcome.ANSWERED, 0)) {
                                served.incrementAndGet();
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        for (Lease lease = open.poll(); lease != null; lease = open.poll()) {
            lease.close(Outcome.ANSWERED, 0);
            served.incrementAndGet();
        }
        assertThat(overLimit).hasValue(0);
        assertThat(pool.queued())
                .as("with every lease closed everybody was served")
                .isZero();
        assertThat(served.get() + left.get() + refused.get()).isEqualTo(4 * perThread);
        assertThat(pool.members()).allMatch(member -> member.inFlight() == 0);
    }

    private Lease lease(Pool pool) {
        Lease lease = pool.tryLease(RequestKey.NONE, Set.of(), null);
        return Objects.requireNonNull(lease);
    }

    private @Nullable Place queue(Pool pool, String name, @Nullable Member home) {
        return pool.queue(Set.of(), home, lease -> {
            granted.add(name + " at " + lease.member().id());
            leases.add(lease);
        });
    }

    private static List<String> ids(Lease... all) {
        List<String> ids = new ArrayList<>();
        for (Lease lease : all) {
            ids.add(lease.member().id());
        }
        return ids;
    }

    private static void observe(Pool pool, Member member, HealthState state) {
        pool.observe(member, new Health(state, Instant.EPOCH, Source.ACTIVE, "because the test says so"));
    }
}
