package io.fairlead;

import io.fairlead.health.Transition;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolListener;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what becomes of pools and their members: one line for each change, with its cause. Control context only. */
final class Announcer implements PoolListener {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    @Override
    public void changed(Pool pool, Member member, Transition transition) {
        LOG.info(
                "member {} {}: {} ({} of {} members serve)",
                member,
                verb(transition),
                transition.reason(),
                pool.serving(),
                pool.members().size());
    }

    private static String verb(Transition transition) {
        if (transition.isRemark()) {
            return "stays " + transition.to();
        }
        return switch (transition.to()) {
            case "up", "falling" -> "serves";
            case "ejected" -> "is ejected";
            case "ready", "drain", "maintenance" -> "is set to " + transition.to();
            default -> "is out";
        };
    }

    @Override
    public void failsOpen(Pool pool, boolean open) {
        if (open) {
            LOG.warn(
                    "pool {} fails open: fewer than {} of its members are up, so all are used, healthy or not",
                    pool.name(),
                    pool.settings().minAvailable());
        } else {
            LOG.info(
                    "pool {} no longer fails open: {} of its members are up or more",
                    pool.name(),
                    pool.settings().minAvailable());
        }
    }

    @Override
    public void divides(Pool pool, SortedMap<Integer, Double> shares) {
        String inWords = shares.entrySet().stream()
                .map(share -> "tier " + share.getKey() + " takes " + Math.round(share.getValue() * 100) + "%")
                .collect(Collectors.joining(", "));
        LOG.info("pool {}: {}", pool.name(), inWords);
    }
}
