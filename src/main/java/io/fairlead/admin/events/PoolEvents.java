package io.fairlead.admin.events;

import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolListener;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Makes one event of each change of a pool or a member, with its cause, in words. Control context only. */
public final class PoolEvents implements PoolListener {
    private final EventLog log;

    /** Adds them to this log. */
    public PoolEvents(EventLog log) {
        this.log = log;
    }

    @Override
    public void changed(Pool pool, Member member, Transition transition) {
        String message = "member " + member + " " + verb(transition) + ": " + transition.reason() + " ("
                + pool.serving() + " of " + pool.members().size() + " members serve)";
        Event.Change change = new Event.Change(
                Optional.of(transition.source()), transition.from(), transition.to(), transition.reason());
        log.add(transition.at(), kind(transition), new Event.Subject(pool.name(), member.id()), change, message);
    }

    private static EventKind kind(Transition transition) {
        if (transition.isRemark()) {
            return EventKind.REMARK;
        }
        return transition.source() == Source.OPERATOR ? EventKind.ORDER : EventKind.TRANSITION;
    }

    private static String verb(Transition transition) {
        if (transition.isRemark()) {
            return "stays " + transition.to();
        }
        if (transition.isMembership()) {
            return "is " + transition.to();
        }
        if (transition.source() == Source.OPERATOR) {
            return "is set to " + transition.to();
        }
        return switch (transition.to()) {
            case "up", "falling" -> "serves";
            case "ejected" -> "is ejected";
            default -> "is out";
        };
    }

    @Override
    public void failsOpen(Pool pool, boolean open) {
        String few = pool.settings().minAvailable().toString();
        String reason = open
                ? "fewer than " + few + " of its members are up, so all are used, healthy or not"
                : few + " of its members are up or more";
        Event.Change change = new Event.Change(
                Optional.empty(), open ? "by-health" : "fail-open", open ? "fail-open" : "by-health", reason);
        String verb = open ? " fails open: " : " no longer fails open: ";
        log.add(EventKind.FAIL_OPEN, of(pool), change, "pool " + pool.name() + verb + reason);
    }

    @Override
    public void divides(Pool pool, SortedMap<Integer, Double> shares) {
        String inWords = shares.entrySet().stream()
                .map(share -> "tier " + share.getKey() + " takes " + Math.round(share.getValue() * 100) + "%")
                .collect(Collectors.joining(", "));
        log.add(EventKind.TIERS, of(pool), Event.Change.because(inWords), "pool " + pool.name() + ": " + inWords);
    }

    private static Event.Subject of(Pool pool) {
        return new Event.Subject(pool.name(), "");
    }
}
