package io.fairlead.network;

import io.fairlead.admin.program.BoundListener;
import io.fairlead.member.Member;
import io.fairlead.proxy.DataPlane;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.ListenerVerticle;
import io.fairlead.route.Route;
import io.fairlead.settings.ListenAddress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One listener over all event loops. It is its address: all else can be changed while it listens, and for another address another
 * listener is started, and then this one retired.
 *
 * <p>Control context only, where its futures complete.
 */
public final class Listener {
    private final Network network;
    private final List<ListenerVerticle> verticles = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();
    private ListenerSettings settings;
    private boolean bound;

    /**
     * One that is not bound yet.
     *
     * @param index 0 or more, of no other listener that there is or was
     */
    public Listener(Network network, ListenerSettings settings, DataPlane plane, int index) {
        this.network = network;
        this.settings = settings;
        for (int i = 0; i < Transport.eventLoops(); i++) {
            verticles.add(new ListenerVerticle(settings, plane, index));
        }
    }

    /** Binds it on every event loop; fails in words, with nothing left behind, if that cannot be. */
    public Future<Void> start() {
        return network.bind("listener " + settings.name(), settings.address(), this::deploy)
                .map(deployed -> {
                    bound = true;
                    return null;
                });
    }

    private Future<Void> deploy() {
        return each(verticle -> network.vertx().deployVerticle(verticle).onSuccess(deployments::add))
                .recover(cause -> undeploy().transform(undeployed -> Future.failedFuture(cause)));
    }

    private Future<Void> undeploy() {
        List<Future<Void>> all = deployments.stream()
                .map(deployment -> network.vertx().undeploy(deployment))
                .toList();
        deployments.clear();
        return Future.join(all).mapEmpty();
    }

    /** As they are now. */
    public ListenerSettings settings() {
        return settings;
    }

    /** Whether settings for this address, as it is configured, are settings for this listener, whatever it is called in them. */
    public boolean isAt(ListenAddress address) {
        return settings.address().equals(address);
    }

    /**
     * Goes by other settings. If they are {@link ListenerSettings#isLive}, its connections do so from their next request on. Else new
     * connections are taken under them, and those that are open end within the grace time, in the background, under the old ones.
     * No connection is refused meanwhile. Completes when new connections go by them.
     *
     * @param next for the same address
     */
    public Future<Void> change(ListenerSettings next, Duration grace) {
        if (!isAt(next.address())) {
            throw new IllegalArgumentException(
                    "address: " + next.address() + " (expected: " + settings.address() + ")");
        }
        return each(verticle -> verticle.change(next, grace)).onSuccess(changed -> settings = next);
    }

    /** Whether it has an address, or still has connections from there. */
    public boolean isBound() {
        return bound;
    }

    /** As the window shows it, with the port that was really bound. */
    public BoundListener bound() {
        return new BoundListener(
                settings.name(), settings.address().withPort(verticles.get(0).port()));
    }

    /** Forgets what was kept of all members and routes but these. */
    public void retain(Set<Member> members, Set<Route> routes) {
        Set<Member> presentMembers = Set.copyOf(members);
        Set<Route> presentRoutes = Set.copyOf(routes);
        verticles.forEach(verticle -> verticle.retain(presentMembers, presentRoutes));
    }

    /** From now on answers say that their connection closes, and it is closed after them; new ones are still taken. */
    public void drain() {
        verticles.forEach(ListenerVerticle::drain);
    }

    /** Takes no more connections; its address is free when this completes. */
    public Future<Void> close() {
        return network.release(bound().address());
    }

    /**
     * Takes no more connections, and drains those that it has, as {@link ListenerVerticle#retire} says.
     *
     * @return completes when all are closed, within the grace time, and what it had is given back
     */
    public Future<Void> retire(Duration grace) {
        return close().transform(released -> each(verticle -> verticle.retire(grace)))
                .eventually(this::undeploy)
                .onComplete(retired -> bound = false);
    }

    private Future<Void> each(Function<ListenerVerticle, Future<?>> work) {
        return Future.join(verticles.stream().map(work).toList()).mapEmpty();
    }
}
