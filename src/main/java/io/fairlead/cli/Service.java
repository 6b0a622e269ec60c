package io.fairlead.cli;

import io.fairlead.LoadBalancer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a running load balancer in the foreground: SIGHUP has it read its configuration anew, the first SIGTERM
 * or SIGINT stops it gently, a second one at once.
 */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final int STOPPED_AT_ONCE = 1;

    private final Promise<LoadBalancer> serving = Promise.promise();

    /** Of a program that begins: from now on SIGHUP ends it no more, but waits until it serves. */
    Service() {
        sun.misc.Signal.handle(
                new sun.misc.Signal("HUP"),
                signal -> serving.future().onSuccess(balancer -> balancer.reload("SIGHUP")));
    }

    /** The result of the future; what made it fail is thrown as it is. */
    static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Returns when a signal was obeyed and all is stopped. */
    void untilSignal(LoadBalancer balancer) throws Exception {
        CountDownLatch signalled = new CountDownLatch(1);
        onSignals(signalled::countDown);
        serving.complete(balancer);
        signalled.await();
        LOG.info("stopping: requests in flight may finish; a second signal stops at once");
        await(balancer.stop());
        LOG.info("stopped");
    }

    // sun.misc.Signal is the only way to tell a second signal from the first; javac warns of it, and it cannot be
    // silenced.
    private static void onSignals(Runnable first) {
        AtomicBoolean before = new AtomicBoolean();
        for (String name : new String[] {"TERM", "INT"}) {
            sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> {
                if (before.getAndSet(true)) {
                    Runtime.getRuntime().halt(STOPPED_AT_ONCE);
                }
                first.run();
            });
        }
    }
}
