package io.fairlead.proxy;

import io.fairlead.member.Member;
import io.fairlead.route.Route;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One listener on one event loop. Deployed once per event loop; Vert.x spreads the connections of the one address over them.
 *
 * <p>Its methods are for the control context, and their futures complete there.
 */
public final class ListenerVerticle extends VerticleBase {
    private final ListenerSettings configured;
    private final DataPlane plane;
    private final int sharedPort;
    // Its event loop only, as is what follows.
    @SuppressWarnings("NullAway.Init")
    private LoopServer server;

    private final Set<Future<Void>> retiring = new HashSet<>();
    // Set by start() before its future completes, read by the control context after that.
    private volatile int boundPort;

    /**
     * A listener that is not bound yet.
     *
     * @param index of the listener, 0 or more: those that let the system choose a port must differ in it
     */
    public ListenerVerticle(ListenerSettings settings, DataPlane plane, int index) {
        this.configured = settings;
        this.plane = plane;
        // Below zero stands for one port of the system's choice, shared by all that name the same number.
        this.sharedPort =
                settings.address().port() == 0 ? -1 - index : settings.address().port();
    }

    @Override
    public Future<?> start() {
        server = new LoopServer(vertx, configured, plane);
        return server.listen(sharedPort).onSuccess(port -> boundPort = port);
    }

    /** The port that was really bound. After the start. */
    public int port() {
        return boundPort;
    }

    /**
     * Goes by other settings for the same address. Where that needs another server, it is bound beside the one that is, and this then
     * drains in the background.
     *
     * @param grace what the one before it may take for that
     */
    public Future<Void> change(ListenerSettings next, Duration grace) {
        return onLoop(() -> {
            if (server.settings().isLive(next)) {
                server.obey(next);
                return Future.succeededFuture();
            }
            LoopServer before = server;
            LoopServer successor = new LoopServer(vertx, next, plane);
            return successor
                    .listen(sharedPort)
                    .<Void>map(port -> {
                        server = successor;
                        retire(before, grace);
                        return null;
                    })
                    .onFailure(cause -> retire(successor, Duration.ZERO));
        });
    }

    private Future<Void> retire(LoopServer before, Duration grace) {
        Future<Void> retired = before.retire(grace);
        retiring.add(retired);
        return retired.onComplete(closed -> retiring.remove(retired));
    }

    /** From now on answers say that their connection closes, and it is closed after them; new ones are still taken. */
    public void drain() {
        context.runOnContext(v -> server.drain());
    }

    /** Forgets what was kept of all members and routes but these. The sets are not to be changed any more. */
    public void retain(Set<Member> members, Set<Route> routes) {
        context.runOnContext(v -> server.retain(members, routes));
    }

    /**
     * Takes no more connections, which is only to be when none come any more, and drains those that it has: each is closed after its
     * next answer. One that idles meanwhile is left until its idle time-out, for its client may be about to send; tunnels are left
     * alone. What is still open after the grace time is closed then.
     *
     * @return completes when all are closed
     */
    public Future<Void> retire(Duration grace) {
        return onLoop(() -> {
            // Those that were replaced before may have been given longer; that is over.
            Future<?> before =
                    Future.any(Future.join(List.copyOf(retiring)), vertx.timer(Math.max(1, grace.toMillis())));
            return Future.join(retire(server, grace), before).mapEmpty();
        });
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> done = Promise.promise();
        context.runOnContext(v ->
                work.get().onComplete((result, failure) -> caller.runOnContext(w -> done.complete(result, failure))));
        return done.future();
    }
}
