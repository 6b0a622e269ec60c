package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final Member a = new Member("app", "a", new MemberAddress("10.0.0.1", 80));
    private final Member b = new Member("app", "b", new MemberAddress("10.0.0.2", 80));

    @Test
    void threeRetriesAreAlwaysAllowed() {
        RetryBudget budget = budget("0%");
        assertThat(acquireAll(budget)).isEqualTo(3);
    }

    @Test
    void growsWithTheRequestsInFlightOverAllMembers() {
        RetryBudget budget = budget("20%");
        open(a, 20);
        open(b, 30);
        assertThat(acquireAll(budget)).isEqualTo(10);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        RetryBudget budget = budget("0%");
        acquireAll(budget);
        budget.release();
        assertThat(budget.tryAcquire()).isTrue();
        assertThat(budget.tryAcquire()).isFalse();
    }

    @Test
    void refusalsTakeNothing() {
        RetryBudget budget = budget("0%");
        acquireAll(budget);
        for (int i = 0; i < 100; i++) {
            assertThat(budget.tryAcquire()).isFalse();
        }
        budget.release();
        budget.release();
        budget.release();
        assertThat(acquireAll(budget)).isEqualTo(3);
    }

    @Test
    void aBudgetThatShrankRefusesUntilEnoughIsGivenBack() {
        RetryBudget budget = budget("100%");
        var leases = open(a, 5);
        assertThat(acquireAll(budget)).isEqualTo(5);
        leases.forEach(lease -> lease.close(Outcome.ANSWERED, 0));
        budget.release();
        budget.release();
        assertThat(budget.tryAcquire()).isFalse();
        budget.release();
        assertThat(budget.tryAcquire()).isTrue();
    }

    @Test
    void manyThreadsNeverHoldMoreThanTheLimit() throws InterruptedException {
        RetryBudget budget = budget("0%");
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 20_000; n++) {
                    if (budget.tryAcquire()) {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        held.decrementAndGet();
                        budget.release();
                    }
                }
            });
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(acquireAll(budget)).isEqualTo(3);
    }

    private RetryBudget budget(String share) {
        return new RetryBudget(new RetrySettings(3, Set.of(), Share.parse(share), false), List.of(a, b));
    }

    private static List<Lease> open(Member member, int count) {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(member.lease(lease -> {}));
        }
        return leases;
    }

    private static int acquireAll(RetryBudget budget) {
        int taken = 0;
        while (taken < 1000 && budget.tryAcquire()) {
            taken++;
        }
        return taken;
    }
}
