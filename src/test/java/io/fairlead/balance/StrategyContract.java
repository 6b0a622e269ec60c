package io.fairlead.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every strategy has to do, built in or plugged in. The traffic has a client of its own per request, and the last few
 * requests are in flight, so that strategies by key and by load have something to go by.
 */
public abstract class StrategyContract {
    private static final int IN_FLIGHT = 64;

    /** A new strategy, its chance from a fixed seed. */
    protected abstract BalancingStrategy strategy();

    /** Whether picks follow the weights in the long run. */
    protected boolean isWeighted() {
        return true;
    }

    /** Whether every candidate gets something; not so for those that prefer the first. */
    protected boolean isSpreading() {
        return true;
    }

    /**
     * How far a share may be from that of the weight after 70 000 picks. By independent chance the standard error is at most
     * sqrt(0.25 / 70 000) = 0.0019, and this is five of it.
     */
    protected double tolerance() {
        return 0.01;
    }

    @Test
    protected void picksNoneButCandidates() {
        List<Candidate> candidates = candidates(3, 1, 2, 5);
        assertThat(candidates)
                .extracting(Candidate::member)
                .containsAll(traffic(strategy(), candidates, 1000).keySet());
    }

    @Test
    protected void picksEveryCandidate() {
        Assumptions.assumeTrue(isSpreading(), "the strategy prefers some candidates by design");
        List<Candidate> candidates = candidates(1, 1, 1, 1, 1, 1, 1);
        assertThat(traffic(strategy(), candidates, 7000)).hasSize(7);
    }

    @Test
    protected void followsTheWeightsInTheLongRun() {
        Assumptions.assumeTrue(isWeighted(), "the strategy knows no weights by design");
        List<Candidate> candidates = candidates(1, 2, 4);
        int picks = 70_000;
        Map<Member, Integer> picked = traffic(strategy(), candidates, picks);
        for (Candidate candidate : candidates) {
            double share = picked.getOrDefault(candidate.member(), 0) / (double) picks;
            assertThat(Math.abs(share - candidate.weight() / 7))
                    .as("weight %s has a share of %s", candidate.weight(), share)
                    .isLessThanOrEqualTo(tolerance());
        }
    }

    @Test
    protected void picksTheOnlyCandidateAlways() {
        List<Candidate> only = candidates(0.3);
        assertThat(traffic(strategy(), only, 100))
                .containsOnly(Map.entry(only.get(0).member(), 100));
    }

    @Test
    protected void everyPickerKeepsToItsOwnCandidates() {
        BalancingStrategy strategy = strategy();
        List<Candidate> all = candidates(1, 2, 3, 4);
        Picker before = strategy.picker(all);
        for (int size = 4; size >= 1; size--) {
            List<Candidate> rest = all.subList(0, size);
            Set<Member> picked = pickSome(strategy.picker(rest));
            assertThat(rest).extracting(Candidate::member).containsAll(picked);
        }
        assertThat(all).extracting(Candidate::member).containsAll(pickSome(before));
    }

    @Test
    protected void severalThreadsPickAtOnce() throws InterruptedException {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = candidates(1, 2, 3);
        Picker picker = strategy.picker(candidates);
        Set<@Nullable Object> picked = Collections.newSetFromMap(new ConcurrentHashMap<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int n = 0; n < 20_000; n++) {
                        picked.add(picker.pick(client(n)));
                    }
                } catch (RuntimeException e) {
                    picked.add(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<Object> members = new ArrayList<>();
        candidates.forEach(candidate -> members.add(candidate.member()));
        assertThat(members).containsAll(picked);
        assertThat(picked).isNotEmpty();
    }

    /** Candidates m0, m1, ... with these weights. */
    protected static List<Candidate> candidates(double... weights) {
        List<Candidate> candidates = new ArrayList<>();
        for (double weight : weights) {
            int number = candidates.size();
            Member member = new Member("app", "m" + number, new MemberAddress("10.0.0." + (number % 250 + 1), 9000));
            candidates.add(new Candidate(member, weight));
        }
        return candidates;
    }

    private static Set<Member> pickSome(Picker picker) {
        Set<Member> picked = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            picked.add(picker.pick(client(i)));
        }
        return picked;
    }

    private static Map<Member, Integer> traffic(BalancingStrategy strategy, List<Candidate> candidates, int picks) {
        Picker picker = strategy.picker(candidates);
        Map<Member, Integer> picked = new HashMap<>();
        Queue<Lease> open = new ArrayDeque<>();
        for (int i = 0; i < picks; i++) {
            Member member = picker.pick(client(i));
            picked.merge(member, 1, Integer::sum);
            open.add(member.lease(strategy::closed));
            strategy.opened(member);
            if (open.size() > IN_FLIGHT) {
                open.remove().close(Outcome.ANSWERED, 0);
            }
        }
        open.forEach(lease -> lease.close(Outcome.ANSWERED, 0));
        return picked;
    }

    private static RequestKey client(int number) {
        String ip = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
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
                return "/items/" + number;
            }

            @Override
            public @Nullable String header(String name) {
                return null;
            }
        };
    }
}
