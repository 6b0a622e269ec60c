package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
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
    void aQuietPoolHasSavedUpForAHundredMore() {
        assertThat(acquireAll(budget("20%"))).isEqualTo(3 + 100);
    }

    @Test
    void allThatIsInFlightCanBeSentElsewhereOnce() {
        open(a, 200);
        open(b, 300);
        RetryBudget budget = budget("20%");
        assertThat(acquireAll(budget)).isEqualTo(3 + 500);
    }

    @Test
    void anEmptyReserveIsFilledByTheShareOfRequests() {
        RetryBudget budget = budget("20%");
        int taken = acquireAll(budget);
        for (int i = 0; i < taken; i++) {
            budget.release();
        }
        for (int i = 0; i < 50; i++) {
            budget.requested();
        }
        assertThat(acquireAll(budget)).isEqualTo(3 + 10);
    }

    @Test
    void theReserveHoldsNoMoreThanItsLimit() {
        RetryBudget budget = budget("20%");
        for (int i = 0; i < 100_000; i++) {
            budget.requested();
        }
        assertThat(acquireAll(budget)).isEqualTo(3 + 100);
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
