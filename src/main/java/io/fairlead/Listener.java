package io.fairlead;

import io.fairlead.admin.program.BoundListener;
import io.fairlead.proxy.DataPlane;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.ListenerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One listener over all event loops. Control context only. */
final class Listener {
    private final Vertx vertx;
    private final ListenerSettings settings;
    private final List<ListenerVerticle> verticles = new ArrayList<>();
    private boolean bound;

    Listener(Vertx vertx, ListenerSettings settings, DataPlane plane, int index) {
        this.vertx = vertx;
        this.settings = settings;
        for (int i = 0; i < Transport.eventLoops(); i++) {
            verticles.add(new ListenerVerticle(settings, plane, index));
        }
    }

    /** Binds it on every event loop; fails in words if that cannot be. */
    Future<Void> start() {
        List<Future<String>> deployments = new ArrayList<>();
        for (ListenerVerticle verticle : verticles) {
            deployments.add(vertx.deployVerticle(verticle, new DeploymentOptions()));
        }
        return Future.join(deployments)
                .<Void>map(all -> {
                    bound = true;
                    return null;
                })
                .recover(cause -> Future.failedFuture(inWords(cause)));
    }

    private IllegalStateException inWords(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String reason = cause instanceof BindException || text.contains("in use") ? "the address is in use" : text;
        return new IllegalStateException(
                "listener " + settings.name() + ": " + settings.address() + ": " + reason, cause);
    }

    boolean isBound() {
        return bound;
    }

    BoundListener bound() {
        return new BoundListener(settings.name(), verticles.get(0).address());
    }

    void drain() {
        verticles.forEach(ListenerVerticle::drain);
    }

    Future<Void> shutdown(Duration grace) {
        List<Future<Void>> all = new ArrayList<>();
        verticles.forEach(verticle -> all.add(verticle.shutdown(grace)));
        return Future.join(all).mapEmpty();
    }
}
