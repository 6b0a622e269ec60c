package io.fairlead.network;

import io.fairlead.admin.AdminServer;
import io.fairlead.admin.AdminSettings;
import io.fairlead.admin.StatusBoard;
import io.fairlead.settings.ListenAddress;
import io.vertx.core.Future;

/** The operator's window: where it is open, and how it moves. Control context only, unless said otherwise. */
public final class Window {
    private final Network network;
    private final StatusBoard board;
    // Control context writes, any thread reads.
    private volatile AdminServer server;

    /** One that is not open yet. */
    public Window(Network network, AdminSettings settings, StatusBoard board) {
        this.network = network;
        this.board = board;
        this.server = new AdminServer(network.vertx(), settings, board);
    }

    /** Opens it; fails in words if that cannot be. */
    public Future<?> open() {
        return network.bind("admin", server.address(), server::start);
    }

    /** Where it is; before it is open, where it is going to be. Any thread. */
    public ListenAddress address() {
        return server.address();
    }

    /** Opens it anew beside the old one; fails in words, with nothing changed, if that cannot be. */
    public Future<Step> move(AdminSettings before, AdminSettings after) {
        if (before.opensLike(after)) {
            return Future.succeededFuture(Step.NONE);
        }
        AdminServer old = server;
        boolean stays = before.address().equals(after.address());
        AdminServer next = new AdminServer(network.vertx(), stays ? after.at(old.address()) : after, board);
        return network.bind("admin", after.address(), next::start)
                .map(bound -> new Step(
                        () -> {
                            server = next;
                            old.retire(); // when what is asked there is answered
                        },
                        next::stop))
                .onFailure(cause -> next.stop());
    }

    /** Closes it. */
    public Future<Void> close() {
        return network.release(address()).eventually(server::stop);
    }

    /**
     * A step that is prepared. One of the two is to be run, once.
     *
     * @param go takes it
     * @param back leaves all as it was
     */
    public record Step(Runnable go, Runnable back) {
        private static final Step NONE = new Step(() -> {}, () -> {});

        /** With more to do when it is taken. */
        public Step with(Runnable more) {
            return new Step(
                    () -> {
                        go.run();
                        more.run();
                    },
                    back);
        }
    }
}
