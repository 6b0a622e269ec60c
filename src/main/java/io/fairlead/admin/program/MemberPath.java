package io.fairlead.admin.program;

import io.fairlead.health.HealthHistory;
import io.fairlead.health.ProbeReport;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import java.util.Optional;

/**
 * A member and the pool that it is in.
 *
 * @param pool whose member it is
 */
public record MemberPath(Pool pool, Member member) {
    /** Finds it by the names of both. Control context only. */
    public static Optional<MemberPath> find(Program program, String pool, String id) {
        return program.pools().stream()
                .filter(each -> each.name().equals(pool))
                .flatMap(each -> each.members().stream()
                        .filter(member -> member.id().equals(id))
                        .map(member -> new MemberPath(each, member)))
                .findFirst();
    }

    /** How it stands now. Control context only. */
    public MemberStatus status() {
        return pool.status(member);
    }

    /** The last probe of it that ended. Control context only. */
    public Optional<ProbeReport> lastProbe() {
        return status().lastProbe();
    }

    /** What is remembered of its health. Control context only. */
    public HealthHistory history() {
        return pool.history(member);
    }
}
