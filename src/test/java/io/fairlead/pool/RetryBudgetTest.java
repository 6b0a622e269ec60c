package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {
    private final Member a = new Member("app", "a", new MemberAddress("10.0.0.1", 80));
    private final Member b = new Member("app", "b", new MemberAddress("10.0.0.2", 80));
    private volatile long now = -5;

    @Test
    void threeInASecondAreAlwaysAllowed() {
        RetryBudget budget = budget("0%");
        assertThat(acquireAll(budget)).isEqualTo(3);
        pass(333);
        assertThat(acquireAll(budget)).isZero();
        pass(1);
        assertThat(acquireAll(budget)).isEqualTo(1);
        pass(1000);
        assertThat(acquireAll(budget)).isEqualTo(3);
    }

    @Test
    void whatWasNotUsedOfTheThreeIsNotSaved() {
        RetryBudget budget = budget("0%");
        pass(TimeUnit.DAYS.toMillis(1));
        assertThat(acquireAll(budget)).isEqualTo(3);
    }

    @Test
    void aQuietPoolHasSavedUpForAHundred() {
        assertThat(acquireAll(budget("20%"))).isEqualTo(100);
    }

    @Test
    void allThatIsInFlightCanBeSentElsewhereOnce() {
        RetryBudget budget = budget("20%");
        request(budget, 3000);
        open(a, 200);
        open(b, 300);
        assertThat(acquireAll(budget)).isEqualTo(500);
    }

    @Test
    void anEmptyReserveIsFilledByTheShareOfRequests() {
        RetryBudget budget = budget("20%");
        acquireAll(budget);
        request(budget, 50);
        assertThat(acquireAll(budget)).isEqualTo(10);
    }

    @Test
    void theReserveHoldsNoMoreThanItsLimit() {
        RetryBudget budget = budget("20%");
        request(budget, 100_000);
        assertThat(acquireAll(budget)).isEqualTo(100);
    }

    /** Each request asks for two retries, as when all members answer 503: what quiet times saved is given once. */
    @ParameterizedTest
    @CsvSource({"20%, 500, 0.2", "20%, 16, 0.2", "5%, 100, 0.05", "100%, 50, 1.0"})
    void aLastingOutageIsRetriedAtTheShareOnly(String share, int perSecond, double expected) {
        RetryBudget budget = budget(share);
        int retries = outage(budget, 60, perSecond);
        assertThat(retries - 100)
                .isBetween((int) (expected * 60 * perSecond) - 1, (int) (expected * 60 * perSecond) + 3);
    }

    /** Three a second are more than the share of so few. */
    @ParameterizedTest
    @CsvSource({"20%, 5, 100", "0%, 500, 0"})
    void aPoolWithFewRequestsGetsThreeASecond(String share, int perSecond, int saved) {
        int retries = outage(budget(share), 300, perSecond);
        assertThat(retries).isBetween(saved + 3 * 250, saved + 3 * 301);
    }

    @Test
    void refusalsTakeNothing() {
        RetryBudget budget = budget("0%");
        acquireAll(budget);
        for (int i = 0; i < 100; i++) {
            assertThat(budget.tryAcquire()).isFalse();
        }
        pass(1000);
        assertThat(acquireAll(budget)).isEqualTo(3);
    }

    @Test
    void tellsWhatRemainsAndTakesNothing() {
        RetryBudget budget = budget("20%");
        request(budget, 3000);
        List<Lease> open = open(a, 200);
        assertThat(budget.remaining()).isEqualTo(200);
        open.forEach(lease -> lease.close(Outcome.ANSWERED, 0));
        assertThat(budget.remaining()).isEqualTo(100);
        open(b, 300);
        assertThat(budget.remaining()).isEqualTo(300);
        assertThat(acquireAll(budget)).isEqualTo(300);
        assertThat(budget.remaining()).isZero();
        pass(1000);
        assertThat(budget.remaining()).isEqualTo(3);
    }

    @Test
    void manyThreadsNeverGetMoreThanTheLimit() throws InterruptedException {
        RetryBudget budget = budget("20%");
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 5_000; n++) {
                    budget.requested();
                    if (budget.tryAcquire()) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken.get()).isBetween(100 + 4_000 - 1, 100 + 4_000 + 3);
    }

    private int outage(RetryBudget budget, int seconds, int perSecond) {
        int retries = 0;
        for (int i = 0; i < seconds * perSecond; i++) {
            now += TimeUnit.SECONDS.toNanos(1) / perSecond;
            request(budget, 1);
            for (int attempt = 2; attempt <= 3 && budget.tryAcquire(); attempt++) {
                retries++;
            }
        }
        return retries;
    }

    private RetryBudget budget(String share) {
        RetrySettings settings = new RetrySettings(3, Set.of(), Share.parse(share), Duration.ZERO, false);
        return new RetryBudget(settings, List.of(a, b), () -> now);
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static void request(RetryBudget budget, int count) {
        for (int i = 0; i < count; i++) {
            budget.requested();
        }
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
