package io.fairlead.pool;

import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * How all members of a pool stand, in the order of the file. Takes what is observed of them and what is ordered, remembers what
 * changed by it and tells of it. Control context only.
 */
final class Standings {
    private final String pool;
    private final Pool.Environment environment;
    private final BiConsumer<Member, Transition> told;
    private final Map<Member, Standing> all = new LinkedHashMap<>();
    private int serving;

    /**
     * Standings of the members in these settings, as nothing is known yet.
     *
     * @param told of each change, once
     */
    Standings(String pool, PoolSettings settings, Pool.Environment environment, BiConsumer<Member, Transition> told) {
        this.pool = pool;
        this.environment = environment;
        this.told = told;
        for (MemberSettings one : settings.members()) {
            Health health = settings.health().isPresent()
                    ? Health.checking(environment.clock().instant())
                    : Health.unchecked(environment.clock().instant());
            Member member = new Member(pool, one.id(), one.address());
            all.put(member, new Standing(member, one, settings.slowStart(), health));
        }
        this.serving = (int) all.values().stream().filter(Standing::mayServe).count();
    }

    /** In the order of the file. */
    List<Member> members() {
        return List.copyOf(all.keySet());
    }

    /** In the order of the file. */
    Collection<Standing> all() {
        return all.values();
    }

    /**
     * Of one member.
     *
     * @throws IllegalArgumentException if it is no member of the pool
     */
    Standing of(Member member) {
        Standing standing = all.get(member);
        if (standing == null) {
            throw new IllegalArgumentException(member + ": no member of pool " + pool);
        }
        return standing;
    }

    /** How many may get requests, by health and by order. */
    int serving() {
        return serving;
    }

    /** Keeps count: thousands may flip together, and each time it is asked how many are left. */
    private void change(Standing standing, Runnable how) {
        boolean served = standing.mayServe();
        how.run();
        serving += Boolean.compare(standing.mayServe(), served);
    }

    /**
     * Takes what is observed of a member.
     *
     * @return whether requests may be shared in another way by now
     */
    boolean observe(Member member, Health health) {
        Standing standing = of(member);
        HealthState before = standing.health().state();
        boolean wasOnTrial = standing.health().onTrial();
        change(standing, () -> standing.observe(health, environment.ticker().getAsLong()));
        if (health.state().isNewsAfter(before)) {
            tell(standing, health.source(), before, health.state(), health.reason());
        }
        return before != health.state() || wasOnTrial != health.onTrial();
    }

    /** Takes a remark on a member that stays what it is. */
    void remark(Member member, Source source, String words) {
        Standing standing = of(member);
        HealthState state = standing.health().state();
        tell(standing, source, state, state, words);
    }

    /** Takes an operator's order on whether a member is to serve. */
    void order(Member member, AdminState admin) {
        Standing standing = of(member);
        AdminState before = standing.admin();
        change(standing, () -> standing.order(admin));
        if (before != admin) {
            tell(standing, Source.OPERATOR, before, admin, Standing.ORDERED);
        }
    }

    /** Takes an operator's order on a member's weight. */
    void order(Member member, int weight) {
        Standing standing = of(member);
        int before = standing.weight();
        standing.order(weight);
        if (before != weight) {
            tell(standing, Transition.ofWeight(environment.clock().instant(), before, weight, Standing.ORDERED));
        }
    }

    private <S extends Enum<S>> void tell(Standing standing, Source source, S from, S to, String reason) {
        tell(standing, Transition.of(environment.clock().instant(), source, from, to, reason));
    }

    private void tell(Standing standing, Transition transition) {
        standing.history().add(transition);
        told.accept(standing.member(), transition);
    }

    /** Whether any weight may be another one by now because of a slow start. */
    boolean ramp() {
        long now = environment.ticker().getAsLong();
        boolean ramping = false;
        for (Standing standing : all.values()) {
            ramping |= standing.ramp(now);
        }
        return ramping;
    }

    /** As it is shown, with the weight that it has among these candidates. */
    MemberStatus status(Member member, List<Candidate> candidates) {
        return of(member)
                .status(candidates.stream()
                        .filter(candidate -> candidate.member() == member)
                        .mapToDouble(Candidate::weight)
                        .findFirst()
                        .orElse(0));
    }

    /** As they are shown, with the weights that these candidates have. */
    List<MemberStatus> status(List<Candidate> candidates) {
        Map<Member, Double> weights =
                candidates.stream().collect(Collectors.toMap(Candidate::member, Candidate::weight));
        return all.values().stream()
                .map(standing -> standing.status(weights.getOrDefault(standing.member(), 0.0)))
                .toList();
    }
}
