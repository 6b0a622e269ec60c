package io.fairlead.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final Member member = new Member("app", "a", new MemberAddress("10.0.0.1", 80));
    private final List<Lease> closed = new ArrayList<>();

    @Test
    void closesOnceAndTellsOnce() {
        Lease lease = member.lease(closed::add);
        assertThat(member.inFlight()).isEqualTo(1);
        assertThat(lease.outcome()).isNull();

        assertThat(lease.close(Outcome.RESET, 5)).isTrue();
        assertThat(lease.close(Outcome.ANSWERED, 9)).isFalse();

        assertThat(lease.outcome()).isEqualTo(Outcome.RESET);
        assertThat(member.inFlight()).isZero();
        assertThat(closed).containsExactly(lease);
    }

    @Test
    void isFinalWhenItsListenerIsTold() {
        Lease lease = member.lease(ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(ended.totalNanos()).isEqualTo(60);
            assertThat(member.inFlight()).isZero();
            assertThat(ended.close(Outcome.ANSWERED, 999)).isFalse();
            closed.add(ended);
        });
        lease.sent(40);
        lease.close(Outcome.TIMED_OUT, 100);
        assertThat(closed).hasSize(1);
    }

    @Test
    void takesTimesFromTheFirstSendingEvenAcrossTheTickersWrap() {
        Lease lease = member.lease(closed::add);
        lease.sent(Long.MAX_VALUE - 10);
        lease.sent(Long.MAX_VALUE);
        lease.answered(204, Long.MIN_VALUE + 9);
        lease.close(Outcome.ANSWERED, Long.MIN_VALUE + 19);

        assertThat(lease.wasSent()).isTrue();
        assertThat(lease.wasAnswered()).isTrue();
        assertThat(lease.status()).isEqualTo(204);
        assertThat(lease.firstByteNanos()).isEqualTo(20);
        assertThat(lease.totalNanos()).isEqualTo(30);
    }

    @Test
    void takesNoTimeIfNothingWasSent() {
        Lease lease = member.lease(closed::add);
        lease.close(Outcome.CONNECT_FAILED, 1_000);
        assertThat(lease.wasSent()).isFalse();
        assertThat(lease.wasAnswered()).isFalse();
        assertThat(lease.status()).isZero();
        assertThat(lease.totalNanos()).isZero();
    }

    @Test
    void addsUpBytesInEachDirection() {
        Lease lease = member.lease(closed::add);
        lease.addBytesSent(3);
        lease.addBytesSent(4);
        lease.addBytesReceived(Integer.MAX_VALUE);
        lease.addBytesReceived(1);
        assertThat(lease.bytesSent()).isEqualTo(7);
        assertThat(lease.bytesReceived()).isEqualTo(1L << 31);
        lease.close(Outcome.ANSWERED, 0);
    }

    @Test
    void inFlightReturnsToZeroFromManyThreads() throws InterruptedException {
        int threads = 4;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                await(start);
                for (int n = 0; n < 10_000; n++) {
                    Lease lease = member.lease(ended -> {});
                    lease.close(Outcome.ANSWERED, 0);
                    lease.close(Outcome.ANSWERED, 0);
                }
            });
            thread.start();
            running.add(thread);
        }
        start.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(member.inFlight()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
