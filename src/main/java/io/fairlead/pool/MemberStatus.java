package io.fairlead.pool;

import io.fairlead.health.Health;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;

/**
 * A member as its pool sees it at a moment.
 *
 * @param member who
 * @param health what is observed
 * @param admin what was ordered
 * @param weight as configured
 * @param effectiveWeight as it counts now; 0 if the member is no candidate
 */
public record MemberStatus(Member member, Health health, AdminState admin, int weight, double effectiveWeight) {}
