package io.fairlead.pool;

import io.fairlead.health.Health;
import io.fairlead.health.ProbeReport;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import java.util.Optional;

/**
 * A member as its pool sees it at a moment.
 *
 * @param member who
 * @param health what is observed
 * @param lastProbe the last probe that ended; empty before the first or where nothing checks
 * @param admin what was ordered
 * @param tier as configured; 0 is the best
 * @param weight as ordered, else as configured
 * @param configuredWeight as the file has it
 * @param effectiveWeight as it counts now, by slow start and tier; 0 if the member is no candidate
 * @param ejections how often it was ejected, since the start
 * @param slowStart whether it gets less than its due because it came back a short time ago
 */
public record MemberStatus(
        Member member,
        Health health,
        Optional<ProbeReport> lastProbe,
        AdminState admin,
        int tier,
        int weight,
        int configuredWeight,
        double effectiveWeight,
        long ejections,
        boolean slowStart) {}
