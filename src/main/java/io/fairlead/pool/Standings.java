package io.fairlead.pool;

import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How all members of a pool stand, in the order of the file. Takes what is observed of them and what they are to be, remembers
 * what changed by it and tells of it. Control context only.
 */
final class Standings {
    private final String pool;
    private final PoolEnvironment environment;
    private final BiConsumer<Member, Transition> told;
    private Map<Member, Standing> all = new LinkedHashMap<>();
    private int serving;

    /**
     * Standings of the members in these settings, as nothing is known yet.
     *
     * @param told of each change, once
     */
    Standings(String pool, PoolSettings settings, PoolEnvironment environment, BiConsumer<Member, Transition> told) {
        this.pool = pool;
        this.environment = environment;
        this.told = told;
        settings.members().forEach(one -> {
            Standing standing = unknown(one, settings);
            all.put(standing.member(), standing);
        });
        recount();
    }

    private Standing unknown(MemberSettings one, PoolSettings settings) {
        Instant now = environment.clock().instant();
        return new Standing(member(one), one, settings.slowStart(), firstHealth(settings, Health.unchecked(now), now));
    }

    private static Health firstHealth(PoolSettings settings, Health unchecked, Instant now) {
        return settings.health().isPresent() ? Health.checking(now) : unchecked;
    }

    private void recount() {
        serving = (int) all.values().stream().filter(Standing::mayServe).count();
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

    /** By which orders go, of a member that there is. */
    String idOf(Member member) {
        return of(member).member().id();
    }

    /** The member of this id, which there is. */
    Member of(String id) {
        return all.keySet().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** How many may get requests, by health and by order. */
    int serving() {
        return serving;
    }

    /** How all would stand by other settings: who stays as it does now, who comes as if it were well, and all of them warm. */
    List<Standing> imagined(PoolSettings settings) {
        Health well = Health.unchecked(environment.clock().instant());
        Map<String, Standing> present = byId();
        return settings.members().stream()
                .map(one -> {
                    Standing known = staying(present, one);
                    return known == null
                            ? new Standing(member(one), one, settings.slowStart(), well)
                            : new Standing(known.member(), one, settings.slowStart(), known.health());
                })
                .toList();
    }

    private Map<String, Standing> byId() {
        Map<String, Standing> present = new HashMap<>();
        all.values().forEach(standing -> present.put(standing.member().id(), standing));
        return present;
    }

    /** Who is this very member; null if it comes anew. */
    private static @Nullable Standing staying(Map<String, Standing> present, MemberSettings one) {
        Standing known = present.get(one.id());
        return known != null && known.member().address().equals(one.address()) ? known : null;
    }

    private Member member(MemberSettings one) {
        return new Member(pool, one.id(), one.address());
    }

    /** What became of a member by other settings. */
    record News(Member member, Transition change) {}

    /**
     * Takes other settings. A member of the same id and address is the same one, and keeps all that is known of it; one that
     * comes is cold, one that goes is forgotten.
     *
     * @param reason why, to be remembered with each change
     * @return what changed
     */
    List<News> take(PoolSettings settings, String reason) {
        Instant now = environment.clock().instant();
        Map<String, Standing> before = byId();
        Map<Member, Standing> after = new LinkedHashMap<>();
        List<News> news = new ArrayList<>();
        for (MemberSettings one : settings.members()) {
            Standing known = staying(before, one);
            if (known != null) {
                news.addAll(differences(known, one, reason));
                boolean comesBack = known.admin() == AdminState.MAINTENANCE && one.admin() != AdminState.MAINTENANCE;
                known.take(one, settings.slowStart());
                if (comesBack) {
                    known.beginAnew(firstHealth(settings, known.health(), now));
                }
                after.put(known.member(), known);
            } else {
                Standing standing = unknown(one, settings);
                standing.startCold(environment.ticker().getAsLong());
                after.put(standing.member(), standing);
                news.add(new News(standing.member(), Transition.ofComing(now, reason)));
            }
        }
        all.keySet().stream()
                .filter(member -> !after.containsKey(member))
                .forEach(member -> news.add(new News(member, Transition.ofLeaving(now, reason))));
        news.forEach(each -> {
            Standing standing = after.get(each.member);
            if (standing != null) {
                standing.history().add(each.change);
            }
        });
        all = after;
        recount();
        return news;
    }

    private List<News> differences(Standing standing, MemberSettings next, String reason) {
        MemberSettings before = standing.settings();
        Instant now = environment.clock().instant();
        List<News> differences = new ArrayList<>();
        if (before.admin() != next.admin()) {
            Transition change = Transition.of(now, Source.OPERATOR, before.admin(), next.admin(), reason);
            differences.add(new News(standing.member(), change));
        }
        if (before.weight() != next.weight()) {
            Transition change = Transition.ofWeight(now, before.weight(), next.weight(), reason);
            differences.add(new News(standing.member(), change));
        }
        return differences;
    }

    /** Keeps count: thousands may flip together, and each time it is asked how many are left. */
    private void counted(Standing standing, Runnable how) {
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
        counted(standing, () -> standing.observe(health, environment.ticker().getAsLong()));
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

    private void tell(Standing standing, Source source, HealthState from, HealthState to, String reason) {
        Transition transition = Transition.of(environment.clock().instant(), source, from, to, reason);
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

    /**
     * One as it is shown, with the weight that it has among these candidates.
     *
     * @param configured the members as the file has them
     */
    MemberStatus status(Member member, List<Candidate> candidates, List<MemberSettings> configured) {
        Double weight = candidates.stream()
                .filter(candidate -> candidate.member() == member)
                .map(Candidate::weight)
                .findFirst()
                .orElse(null);
        Integer inFile = configured.stream()
                .filter(one -> one.id().equals(member.id()))
                .map(MemberSettings::weight)
                .findFirst()
                .orElse(null);
        return status(of(member), weight, inFile);
    }

    /** All as they are shown, likewise. */
    List<MemberStatus> status(List<Candidate> candidates, List<MemberSettings> configured) {
        Map<Member, Double> weights =
                candidates.stream().collect(Collectors.toMap(Candidate::member, Candidate::weight));
        Map<String, Integer> inFile =
                configured.stream().collect(Collectors.toMap(MemberSettings::id, MemberSettings::weight));
        return all.values().stream()
                .map(standing -> status(
                        standing,
                        weights.get(standing.member()),
                        inFile.get(standing.member().id())))
                .toList();
    }

    private static MemberStatus status(Standing standing, @Nullable Double weight, @Nullable Integer inFile) {
        return standing.status(inFile == null ? standing.weight() : inFile, weight == null ? 0 : weight);
    }
}
