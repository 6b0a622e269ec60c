package io.fairlead.health.outlier;

import io.fairlead.health.Ground;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Member;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the others are to one member of a pool: the measure of its failures, and those that have to do without it.
 *
 * <p>Control context only.
 *
 * @param members all that are watched, as they are at each time
 * @param serving whether one gets requests now, by health and order
 */
record Peers(Map<Member, Watched> members, Predicate<Member> serving) {
    /** The mean share of requests that fail at the others, of those that get requests or are out for their failures; 0 if there are none. */
    double failures(Watched one, long now) {
        return members.values().stream()
                .filter(peer -> peer != one && isCompared(peer))
                .mapToDouble(peer -> peer.failures.at(now))
                .average()
                .orElse(0);
    }

    private boolean isCompared(Watched peer) {
        return serving.test(peer.member) || peer.isOutFor(Ground.FAILURES);
    }

    /** Why one that should go has to stay; empty if it may go. */
    Optional<String> obstacle(Watched one, OutlierSettings settings) {
        boolean last = members.keySet().stream().noneMatch(other -> other != one.member && serving.test(other));
        if (last) {
            return Optional.of("it is the last one that serves");
        }
        long out = members.values().stream()
                .filter(each -> each.is(Standing.EJECTED))
                .count();
        return out >= settings.mostEjected(members.size())
                ? Optional.of(out + " of " + members.size() + " are out, and max_ejected is " + settings.maxEjected())
                : Optional.empty();
    }
}
