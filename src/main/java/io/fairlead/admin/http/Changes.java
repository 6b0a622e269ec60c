package io.fairlead.admin.http;

import io.fairlead.settings.Secret;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.function.Supplier;

/**
 * What every change passes before it is made: it is noted ({@link Audit}), it is of somebody who may ({@link ChangeGuard}), its body is
 * JSON and short, and it is meant for what is so now ({@link Precondition}).
 */
public final class Changes {
    /** Bytes. */
    public static final int LONGEST_BODY = 4096;

    private final List<Handler<RoutingContext>> gates;

    /**
     * @param token what a change needs that does not come from loopback; empty: none may
     * @param tag the present entity tag of what is changed, with its quotes
     */
    public Changes(Secret token, Supplier<String> tag) {
        this.gates = List.of(
                new Audit(),
                new ChangeGuard(token),
                new JsonOnly(),
                BodyHandler.create(false).setBodyLimit(LONGEST_BODY),
                new Precondition(tag));
    }

    /** In their order. */
    List<Handler<RoutingContext>> gates() {
        return gates;
    }
}
