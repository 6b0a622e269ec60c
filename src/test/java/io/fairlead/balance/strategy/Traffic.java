package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Requests through one picker, sent and ended by a test; candidates go by their index. One thread only. */
final class Traffic {
    private final BalancingStrategy strategy;
    private final Picker picker;
    private final Map<Member, Integer> indices = new HashMap<>();
    private final List<Queue<Lease>> open = new ArrayList<>();

    Traffic(BalancingStrategy strategy, List<Candidate> candidates) {
        this.strategy = strategy;
        picker = strategy.picker(candidates);
        for (Candidate candidate : candidates) {
            indices.put(candidate.member(), open.size());
            open.add(new ArrayDeque<>());
        }
    }

    /** Sends a request. */
    int send() {
        Member member = picker.pick(RequestKey.NONE);
        int index = indices.getOrDefault(member, -1);
        open.get(index).add(member.lease(strategy::closed));
        strategy.opened(member);
        return index;
    }

    /** Ends the oldest request of that candidate, if it has one; whether it had. */
    boolean end(int index) {
        Lease oldest = open.get(index).poll();
        return oldest != null && oldest.close(Outcome.ANSWERED, 0);
    }

    int inFlight(int index) {
        return open.get(index).size();
    }

    int mostInFlight() {
        return open.stream().mapToInt(Queue::size).max().orElseThrow();
    }

    /** How often each was picked, for so many requests of which only one is in flight at a time. */
    int[] oneAtATime(int requests) {
        int[] picked = new int[open.size()];
        for (int i = 0; i < requests; i++) {
            int index = send();
            picked[index]++;
            end(index);
        }
        return picked;
    }

    /** As many candidates as weights, without limits. */
    static List<Candidate> weighing(double... weights) {
        return limited(Candidate.UNLIMITED, weights);
    }

    static List<Candidate> limited(int capacity, double... weights) {
        List<Candidate> candidates = new ArrayList<>();
        for (double weight : weights) {
            Member member = new Member("app", "m" + candidates.size(), new MemberAddress("10.0.0.1", 9000));
            candidates.add(new Candidate(member, weight, capacity));
        }
        return candidates;
    }

    static double[] equal(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** Chance from a seed, for any thread. */
    static RandomGenerator chance(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            synchronized (random) {
                return random.nextLong();
            }
        };
    }
}
