package io.fairlead.watch;

import io.fairlead.health.Alarm;
import io.fairlead.health.Scheduler;
import io.fairlead.member.Member;
import io.fairlead.network.Listener;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps members at the IPs that their host names lead to: looks each name up again and again, every second as long as it leads
 * nowhere. A member whose name ceases to lead anywhere keeps the IP that it had.
 *
 * <p>Control context only.
 */
final class NameLookup {
    private static final Logger LOG = LoggerFactory.getLogger(NameLookup.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Function<String, Future<String>> resolver;
    private final Scheduler scheduler;
    private final Listener listener;
    private final Map<Member, Search> searches = new HashMap<>();

    /** Told where names lead. Control context only. */
    interface Listener {
        /** The member has an IP, or another one. */
        void resolved(Member member);

        /** Its name was looked up and leads nowhere; told once, until it leads somewhere. */
        void leadsNowhere(Member member);
    }

    /**
     * A lookup of no names yet.
     *
     * @param resolver the IP that a host name leads to; its future completes on the control context
     */
    NameLookup(Function<String, Future<String>> resolver, Scheduler scheduler, Listener listener) {
        this.resolver = resolver;
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /** Looks this member's name up from now on, if it has one. */
    void add(Member member) {
        if (member.isNamed()) {
            Search search = new Search(member);
            searches.put(member, search);
            search.begin();
        }
    }

    /** Looks its name up no longer; an answer that is under way is ignored. Does nothing if it was not looked up. */
    void remove(Member member) {
        Search search = searches.remove(member);
        if (search != null) {
            search.end();
        }
    }

    /** Looks up nothing any longer. */
    void stop() {
        searches.values().forEach(Search::end);
        searches.clear();
    }

    /** One member's name. */
    private final class Search {
        private final Member member;
        private final Alarm next = scheduler.alarm(this::begin);
        private boolean told;
        private boolean over;

        Search(Member member) {
            this.member = member;
        }

        void begin() {
            resolver.apply(member.address().host()).onComplete(this::found, cause -> foundNothing());
        }

        void end() {
            over = true;
            next.cancel();
        }

        private void found(String ip) {
            if (over) {
                return;
            }
            next.set(AGAIN);
            if (!ip.equals(member.ip())) {
                LOG.info("member {}: {} leads to {}", member, member.address().host(), ip);
                member.resolved(ip);
                listener.resolved(member);
            }
        }

        private void foundNothing() {
            if (over) {
                return;
            }
            next.set(SOON);
            if (member.ip() == null && !told) {
                told = true;
                LOG.warn(
                        "member {}: {} leads nowhere; it is looked up again each second",
                        member,
                        member.address().host());
                listener.leadsNowhere(member);
            }
        }
    }
}
