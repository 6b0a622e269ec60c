package io.fairlead.health;

import io.fairlead.member.Member;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs probes to an end: a bounded number at a time, the others wait in the order in which they came. A probe that has not
 * ended by its time-out counts as failed then, and what it says later is ignored; so does one that throws. The probe is its own,
 * to be closed by it.
 *
 * <p>Control context only.
 */
final class ProbeRunner {
    /** Probes under way at one time; bounds sockets and the burst after a start. */
    static final int AT_ONCE = 128;

    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);

    private final Probe probe;
    private final Duration timeout;
    private final HealthChecker.Environment environment;
    private final Queue<Run> waiting = new ArrayDeque<>();
    private final Set<Run> running = new HashSet<>();
    private boolean starting;

    /**
     * A runner with nothing to do.
     *
     * @param timeout of one probe, from its start
     */
    ProbeRunner(Probe probe, Duration timeout, HealthChecker.Environment environment) {
        this.probe = probe;
        this.timeout = timeout;
        this.environment = environment;
    }

    /**
     * How a probe ended, and when by the ticker.
     *
     * @param startedAt when it was asked, after any wait; nanoseconds
     * @param endedAt nanoseconds
     */
    record Ended(ProbeResult result, long startedAt, long endedAt) {}

    /** Probes a member as soon as there is room. The consumer is told once, unless it is abandoned before. */
    void run(Member member, Consumer<Ended> whenEnded) {
        waiting.add(new Run(member, whenEnded));
        startWaiting();
    }

    /**
     * This member is probed no longer, and nobody is told of the end of its probe; one that is under way keeps its place until it
     * has ended.
     */
    void forget(Member member) {
        waiting.removeIf(run -> run.member == member);
        running.stream().filter(run -> run.member == member).forEach(run -> run.whenEnded = null);
        guarded("forget " + member, () -> probe.forget(member));
    }

    /** Forgets all probes, waiting and under way, and closes what they were made with; nobody is told of their end. */
    void stop() {
        waiting.clear();
        running.forEach(Run::forget);
        running.clear();
        guarded("be closed", probe::close);
    }

    /** A plug-in that goes wrong when it is to give something back keeps nobody from going on without it. */
    private static void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) { // a plug-in may lack a class that it needs
            LOG.warn("a probe that was to {} went wrong", what, e);
        }
    }

    private void startWaiting() {
        if (starting) {
            return; // a probe that ended within its own start; the loop below goes on with the next
        }
        starting = true;
        try {
            while (running.size() < AT_ONCE && !waiting.isEmpty()) {
                waiting.remove().start();
            }
        } finally {
            starting = false;
        }
    }

    private Future<ProbeResult> ask(Member member) {
        try {
            return probe.probe(member);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static ProbeResult broken(Member member, @Nullable Throwable cause) {
        LOG.debug("the probe of {} went wrong", member, cause);
        String words = cause == null ? "it ended without a result" : cause.getMessage();
        return new ProbeResult.Failed(ProbeResult.Reason.BROKEN, "the probe itself went wrong: " + words);
    }

    /** One probe, from its place in the queue to its end. */
    private final class Run {
        private final Member member;
        private @Nullable Consumer<Ended> whenEnded;
        private Scheduler.Cancellation guard = () -> {};
        private long startedAt;
        private boolean over;

        private Run(Member member, Consumer<Ended> whenEnded) {
            this.member = member;
            this.whenEnded = whenEnded;
        }

        private void start() {
            running.add(this);
            startedAt = environment.ticker().getAsLong();
            ask(member)
                    .onComplete(
                            result -> end(result == null ? broken(member, null) : result),
                            cause -> end(broken(member, cause)));
            if (!over) { // set after the probe's own timer, so that a probe which minds its time-out speaks first
                guard = environment.scheduler().after(timeout, () -> end(late()));
            }
        }

        private ProbeResult late() {
            return new ProbeResult.Failed(ProbeResult.Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
        }

        private void end(ProbeResult result) {
            if (over) {
                return;
            }
            long now = environment.ticker().getAsLong();
            Consumer<Ended> told = whenEnded;
            forget();
            running.remove(this);
            startWaiting();
            if (told != null) {
                told.accept(new Ended(result, startedAt, now));
            }
        }

        private void forget() {
            over = true;
            whenEnded = null;
            guard.cancel();
        }
    }
}
