package io.fairlead.admin;

import io.fairlead.admin.document.HealthDocument;
import io.fairlead.admin.http.Answers;
import io.fairlead.admin.http.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/**
 * {@code GET .../health}: why a member is in or out. {@code POST .../check}: one probe of it now, which counts as any other.
 *
 * <p>Control context only.
 */
final class MemberHealth {
    private final StatusBoard board;

    MemberHealth(StatusBoard board) {
        this.board = board;
    }

    void explain(RoutingContext exchange) {
        Answers.member(exchange, board.program())
                .ifPresent(path -> Answers.json(
                        exchange, HealthDocument.render(path, board.clock().instant())));
    }

    void check(RoutingContext exchange) {
        Answers.member(exchange, board.program())
                .ifPresent(path -> board.program()
                        .check(path.pool(), path.member())
                        .onComplete(
                                health -> {
                                    board.publish(); // who asked wants to see it
                                    Answers.json(
                                            exchange,
                                            HealthDocument.checked(
                                                    path, health, board.clock().instant()));
                                },
                                cause -> failed(exchange, cause)));
    }

    private static void failed(RoutingContext exchange, Throwable cause) {
        if (cause instanceof IllegalStateException) {
            new Problem(409, "no probe was made: " + Objects.requireNonNullElse(cause.getMessage(), "unknown"))
                    .answer(exchange);
        } else {
            exchange.fail(cause);
        }
    }
}
