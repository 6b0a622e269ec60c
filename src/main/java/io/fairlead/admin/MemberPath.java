package io.fairlead.admin;

import io.fairlead.health.Health;
import io.fairlead.health.ProbeReport;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The member that a request is about, by the names in its path.
 *
 * @param pool whose member it is
 */
record MemberPath(Pool pool, Member member) {
    /** Finds it; if there is none, the request is answered so. Control context only. */
    static Optional<MemberPath> of(RoutingContext exchange, Program program) {
        String pool = exchange.pathParam("pool");
        String id = exchange.pathParam("member");
        Optional<MemberPath> found = program.pools().stream()
                .filter(each -> each.name().equals(pool))
                .flatMap(each -> each.members().stream()
                        .filter(member -> member.id().equals(id))
                        .map(member -> new MemberPath(each, member)))
                .findFirst();
        if (found.isEmpty()) {
            unknown(pool, id).answer(exchange);
        }
        return found;
    }

    static Problem unknown(String pool, String member) {
        return new Problem(404, "there is no member \"" + member + "\" in a pool \"" + pool + "\"");
    }

    /** How it stands now. Control context only. */
    MemberStatus status() {
        return pool.status().stream()
                .filter(each -> each.member() == member)
                .findFirst()
                .orElseThrow();
    }

    /** The last probe of it that ended. Control context only. */
    Optional<ProbeReport> lastProbe() {
        return status().lastProbe();
    }

    /** What is observed of it now. Control context only. */
    Health health() {
        return status().health();
    }
}
