package io.fairlead.admin.change;

import io.fairlead.admin.http.Answers;
import io.fairlead.admin.http.Audit;
import io.fairlead.admin.http.Problem;
import io.fairlead.admin.program.MemberPath;
import io.fairlead.admin.program.Program;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Members at run time: orders for one, one more, one less. None of it is in the file, and all of it is shown as drift.
 *
 * <p>Control context only.
 */
public final class MemberEndpoint {
    private final Program program;
    private final Runnable changed;
    private final BiConsumer<RoutingContext, MemberPath> document;

    /**
     * @param changed called after each change, before it is answered
     * @param document answers with a member as it is
     */
    public MemberEndpoint(Program program, Runnable changed, BiConsumer<RoutingContext, MemberPath> document) {
        this.program = program;
        this.changed = changed;
        this.document = document;
    }

    /** {@code PATCH .../members/M}: another state, another weight. */
    public void order(RoutingContext exchange) {
        Answers.member(exchange, program).ifPresent(path -> {
            try {
                MemberOrder order = MemberOrder.parse(exchange.body().buffer());
                Audit.order(exchange, order.toString());
                order.give(path, program.control());
                changed.run();
                document.accept(exchange, path);
            } catch (IllegalArgumentException e) {
                new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
            }
        });
    }

    /** {@code POST .../members}: one more. */
    public void add(RoutingContext exchange) {
        String name = exchange.pathParam("pool");
        Optional<Pool> pool = program.pools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (pool.isEmpty()) {
            Answers.noPool(name).answer(exchange);
            return;
        }
        try {
            MemberSettings member = NewMember.parse(exchange.body().buffer());
            Audit.order(exchange, inWords(member));
            add(exchange, pool.get(), member);
        } catch (IllegalArgumentException e) {
            new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
        }
    }

    private void add(RoutingContext exchange, Pool pool, MemberSettings settings) {
        try {
            Member member = program.control().add(pool, settings);
            changed.run();
            String path = "/api/v1/pools/" + encoded(pool.name()) + "/members/" + encoded(member.id());
            exchange.response().setStatusCode(201).putHeader("location", path);
            document.accept(exchange, new MemberPath(pool, member));
        } catch (IllegalArgumentException | IllegalStateException e) {
            new Problem(409, Objects.requireNonNull(e.getMessage())).answer(exchange);
        }
    }

    /** {@code DELETE .../members/M}: one less. */
    public void remove(RoutingContext exchange) {
        Answers.member(exchange, program).ifPresent(path -> {
            try {
                program.control().remove(path.pool(), path.member());
                changed.run();
                exchange.response().setStatusCode(204).end();
            } catch (IllegalStateException e) {
                new Problem(409, Objects.requireNonNull(e.getMessage())).answer(exchange);
            }
        });
    }

    private static String inWords(MemberSettings member) {
        return "member " + member.id() + " at " + member.address() + ", weight " + member.weight() + ", tier "
                + member.tier();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
