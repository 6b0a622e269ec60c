package io.fairlead.balance.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeakLatencyTest {
    private static final long DECAY = 10_000;
    private static final double ONCE = Math.exp(-1);

    private final Member member = new Member("app", "m", new MemberAddress("10.0.0.1", 9000));
    private final PeakLatency latency = new PeakLatency(DECAY);

    @Test
    void knowsNothingAtFirst() {
        assertThat(latency.average()).isZero();
        assertThat(latency.faded(123)).isZero();
    }

    @Test
    void jumpsUpToAPeakAtOnce() {
        answer(100, 1000);
        answer(700, 1100);
        assertThat(latency.average()).isEqualTo(700);
    }

    @Test
    void comesDownAsTimePasses() {
        answer(1000, 0);
        answer(100, DECAY);
        assertThat(latency.average()).isEqualTo(1000 * ONCE + 100 * (1 - ONCE), within(1e-9));
        answer(100, DECAY);
        assertThat(latency.average()).as("no time has passed").isEqualTo(1000 * ONCE + 100 * (1 - ONCE), within(1e-9));
        for (int i = 2; i <= 12; i++) {
            answer(100, i * DECAY);
        }
        assertThat(latency.average()).isEqualTo(100, within(0.01));
    }

    @Test
    void fadesWhileNothingIsLearntButKeepsTheAverage() {
        answer(1000, 500);
        assertThat(latency.faded(500 + DECAY)).isEqualTo(1000 * ONCE, within(1e-9));
        assertThat(latency.average()).isEqualTo(1000);
        assertThat(latency.silence(700)).isEqualTo(200);
        assertThat(latency.faded(400))
                .as("a clock that another loop read earlier")
                .isEqualTo(1000);
    }

    @Test
    void theAnswerToATrialStandsForAllBefore() {
        answer(1000, 0);
        latency.putOnTrial();
        answer(50, 100);
        assertThat(latency.average()).isEqualTo(50);
        answer(200, 200);
        answer(50, 300);
        assertThat(latency.average()).as("only the first answer").isGreaterThan(190);
    }

    @Test
    void whatComesAfterTheFirstByteDoesNotCount() {
        Lease lease = sent();
        lease.answered(200, 30);
        end(lease, Outcome.ANSWERED, 90_000);
        assertThat(latency.average()).isEqualTo(30);

        Lease stream = sent();
        stream.answered(200, 40);
        end(stream, Outcome.ABANDONED, 90_000);
        assertThat(latency.average()).as("a client that leaves a stream").isEqualTo(40);
    }

    @Test
    void anAnswerWithinOneTickIsKnownToBeFast() {
        answer(0, 10);
        assertThat(latency.average()).isEqualTo(1);
    }

    @Test
    void timeOutsAndClientsThatLeftCanRaiseTheAverageOnly() {
        for (Outcome outcome : new Outcome[] {Outcome.TIMED_OUT, Outcome.ABANDONED}) {
            PeakLatency other = new PeakLatency(DECAY);
            learn(other, 100, 200, 1000);
            Lease shorter = sent();
            shorter.close(outcome, 60);
            other.learn(shorter, 1000);
            assertThat(other.average()).as("60 %s", outcome).isEqualTo(100);
            Lease longer = sent();
            longer.close(outcome, 3000);
            other.learn(longer, 1000);
            assertThat(other.average()).as("3000 %s", outcome).isEqualTo(3000);
        }
    }

    @Test
    void aFailureNeverLooksFast() {
        answer(100, 0);
        end(sent(), Outcome.RESET, 1);
        assertThat(latency.average()).isEqualTo(200);
        end(lease(), Outcome.CONNECT_FAILED, 1);
        assertThat(latency.average()).isEqualTo(400);
        Lease halfWay = sent();
        halfWay.answered(200, 1);
        end(halfWay, Outcome.TIMED_OUT, 2);
        assertThat(latency.average()).as("a body that stopped").isEqualTo(800);
        learn(latency, 5, 500, 3);
        assertThat(latency.average()).as("a quick error").isEqualTo(800);
        learn(latency, 900, 503, 3);
        assertThat(latency.average()).as("a slow error").isEqualTo(900);
    }

    @Test
    void aFailureIsTheFirstThatIsKnown() {
        end(lease(), Outcome.CONNECT_FAILED, 1);
        assertThat(latency.average()).isEqualTo(1e9);
    }

    @Test
    void failuresDoNotAddUpForEver() {
        for (int i = 0; i < 5000; i++) {
            end(lease(), Outcome.CONNECT_FAILED, 1);
        }
        assertThat(latency.average()).isEqualTo(60e9);
    }

    @Test
    void averagesStayWithinWhatWasSeenWhileSeveralLoopsLearn() throws InterruptedException {
        AtomicInteger strange = new AtomicInteger();
        List<Thread> loops = new ArrayList<>();
        answer(100, 0);
        for (int loop = 0; loop < 4; loop++) {
            Random random = new Random(loop);
            loops.add(new Thread(() -> {
                for (int now = 0; now < 20_000; now++) {
                    learn(latency, 100 + random.nextInt(101), 200, now);
                    double average = latency.average();
                    double faded = latency.faded(now + DECAY);
                    strange.addAndGet(average >= 99.999 && average <= 200 && faded > 0 && faded <= 200 ? 0 : 1);
                }
            }));
        }
        loops.forEach(Thread::start);
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(strange).hasValue(0);
    }

    private void answer(long nanos, long now) {
        learn(latency, nanos, 200, now);
    }

    private void learn(PeakLatency into, long nanos, int status, long now) {
        Lease lease = sent();
        lease.answered(status, nanos);
        lease.close(Outcome.ANSWERED, nanos);
        into.learn(lease, now);
    }

    private Lease lease() {
        return member.lease(closed -> {});
    }

    private Lease sent() {
        Lease lease = lease();
        lease.sent(0);
        return lease;
    }

    private void end(Lease lease, Outcome outcome, long now) {
        lease.close(outcome, now);
        latency.learn(lease, now);
    }
}
