package io.fairlead.balance;

import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of {@link StrategyContract}: a client of its own per request, every one answered in 5 ms, and the last few
 * always in flight, so that strategies by key, by load and by latency have something to go by.
 */
final class ContractTraffic {
    private static final int IN_FLIGHT = 64;
    private static final long LATENCY = 5_000_000;
    private static final RequestKey[] CLIENTS =
            IntStream.range(0, 1 << 16).mapToObj(ContractTraffic::client).toArray(RequestKey[]::new);

    private final BalancingStrategy strategy;
    private final Queue<Lease> open = new ArrayDeque<>();
    private final Map<Member, Integer> picked = new HashMap<>();

    ContractTraffic(BalancingStrategy strategy) {
        this.strategy = strategy;
    }

    /** Candidates m0, m1, ... with these weights, and room for so many each. */
    static List<Candidate> candidates(int capacity, double... weights) {
        List<Candidate> candidates = new ArrayList<>();
        for (double weight : weights) {
            int number = candidates.size();
            String host = "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
            Member member = new Member("app", "m" + number, new MemberAddress(host, 9000));
            candidates.add(new Candidate(member, weight, capacity));
        }
        return candidates;
    }

    /** The key of one client's request; the same for the same number. */
    static RequestKey key(int number) {
        return CLIENTS[number & CLIENTS.length - 1];
    }

    /** Sends requests, without waiting for the end of the last. */
    ContractTraffic send(Picker picker, int requests) {
        for (int i = 0; i < requests; i++) {
            Member member = picker.pick(key(i));
            picked.merge(member, 1, Integer::sum);
            open.add(open(strategy, member));
            if (open.size() > IN_FLIGHT) {
                close(open.remove(), Outcome.ANSWERED);
            }
        }
        return this;
    }

    /** Lets the last requests end, and forgets what was picked. */
    ContractTraffic end() {
        open.forEach(lease -> close(lease, Outcome.ANSWERED));
        open.clear();
        picked.clear();
        return this;
    }

    /** How many requests each member got; those without any are not there. */
    Map<Member, Integer> picked() {
        return Map.copyOf(picked);
    }

    /** What the pool does when a request goes to a member. */
    static Lease open(BalancingStrategy strategy, Member member) {
        Lease lease = member.lease(strategy::closed);
        strategy.opened(member);
        lease.sent(0);
        return lease;
    }

    /** What the pool does when a request ended. */
    static void close(Lease lease, Outcome outcome) {
        if (outcome == Outcome.ANSWERED) {
            lease.answered(200, LATENCY);
        }
        lease.close(outcome, LATENCY);
    }

    private static RequestKey client(int number) {
        String ip = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
        String uri = "/items/" + number;
        return new RequestKey() {
            @Override
            public String clientIp() {
                return ip;
            }

            @Override
            public String host() {
                return "shop.example";
            }

            @Override
            public String uri() {
                return uri;
            }

            @Override
            public @Nullable String header(String name) {
                return null;
            }
        };
    }
}
