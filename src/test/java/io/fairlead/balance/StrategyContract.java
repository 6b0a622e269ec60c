package io.fairlead.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every strategy has to do, built in or plugged in. Extend it and say how to make yours; what your strategy is not meant
 * to do is said by overriding one of the questions. That a picked member has room is not asked for: the pool sees to it.
 */
public abstract class StrategyContract {
    /** A whole number of periods for weights that sum up to 7, and for 0.1, 0.55 and 1: 7 x 33 x 300. */
    private static final int MANY = 69_300;

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

    /** Whether a pick leaves the heap alone; it should, since it is done for every request. */
    protected boolean isAllocationFree() {
        return true;
    }

    /**
     * How far a share may be from that of the weight after 69 300 picks. By independent chance the standard error is at most
     * sqrt(0.25 / 69 300) = 0.0019, and this is five of it.
     */
    protected double tolerance() {
        return 0.01;
    }

    /** Candidates m0, m1, ... with these weights and no limit. */
    protected static List<Candidate> candidates(double... weights) {
        return ContractTraffic.candidates(Candidate.UNLIMITED, weights);
    }

    @Test
    protected void picksNoneButCandidates() {
        List<Candidate> candidates = candidates(3, 1, 2, 5);
        assertThat(members(candidates)).containsAll(traffic(candidates, 1000).keySet());
    }

    @Test
    protected void picksEveryCandidate() {
        Assumptions.assumeTrue(isSpreading(), "the strategy prefers some candidates by design");
        List<Candidate> candidates = candidates(1, 1, 1, 1, 1, 1, 1);
        assertThat(traffic(candidates, 7000)).hasSize(7);
    }

    @Test
    protected void followsTheWeightsInTheLongRun() {
        Assumptions.assumeTrue(isWeighted(), "the strategy knows no weights by design");
        List<Candidate> candidates = candidates(1, 2, 4);
        Map<Member, Integer> picked = traffic(candidates, MANY);
        for (Candidate candidate : candidates) {
            double share = picked.getOrDefault(candidate.member(), 0) / (double) MANY;
            assertThat(Math.abs(share - candidate.weight() / 7))
                    .as("weight %s has a share of %s", candidate.weight(), share)
                    .isLessThanOrEqualTo(tolerance());
        }
    }

    /** As slow start has them. Shares of 6, 33 and 61 % are so far apart that chance cannot turn them round. */
    @Test
    protected void fractionsOfAWeightCountInTheirOrder() {
        List<Candidate> candidates = candidates(0.55, 1, 0.1);
        Map<Member, Integer> picked = traffic(candidates, MANY);
        assertThat(members(candidates)).containsAll(picked.keySet());
        Assumptions.assumeTrue(isWeighted(), "the strategy knows no weights by design");
        assertThat(picked).hasSize(3);
        assertThat(List.of(2, 0, 1))
                .isSortedAccordingTo((a, b) -> Integer.compare(
                        picked.getOrDefault(candidates.get(a).member(), 0),
                        picked.getOrDefault(candidates.get(b).member(), 0)));
    }

    @Test
    protected void picksTheOnlyCandidateAlways() {
        List<Candidate> only = candidates(0.3);
        assertThat(traffic(only, 100)).containsOnly(Map.entry(only.get(0).member(), 100));
    }

    @Test
    protected void picksOneEvenIfNoneHasRoom() {
        List<Candidate> candidates = ContractTraffic.candidates(2, 1, 2, 4);
        Map<Member, Integer> picked = traffic(candidates, 1000);
        assertThat(members(candidates)).containsAll(picked.keySet());
        assertThat(picked.values().stream().mapToInt(n -> n).sum()).isEqualTo(1000);
    }

    @Test
    protected void picksForARequestOfWhichNothingIsKnown() {
        List<Candidate> candidates = candidates(1, 2, 3);
        Picker picker = strategy().picker(candidates);
        for (int i = 0; i < 100; i++) {
            assertThat(members(candidates)).contains(picker.pick(RequestKey.NONE));
        }
    }

    @Test
    protected void everyPickerKeepsToItsOwnCandidates() {
        BalancingStrategy strategy = strategy();
        List<Candidate> all = candidates(1, 2, 3, 4);
        Picker before = strategy.picker(all);
        for (int size = 4; size >= 1; size--) {
            List<Candidate> rest = all.subList(0, size);
            assertThat(members(rest)).containsAll(pickSome(strategy.picker(rest)));
        }
        assertThat(members(all)).containsAll(pickSome(before));
    }

    @Test
    protected void takesCandidatesInAnyOrder() {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = candidates(1, 2, 4, 1, 0.5);
        ContractTraffic traffic = new ContractTraffic(strategy);
        Random random = new Random(7);
        for (int order = 0; order < 20; order++) {
            Collections.shuffle(candidates, random);
            traffic.send(strategy.picker(List.copyOf(candidates)), 200);
            assertThat(members(candidates)).containsAll(traffic.picked().keySet());
        }
    }

    /** By independent chance one of a thousand is left out of 30 000 picks once in 1000 x e^-30 = 1e-10. */
    @Test
    protected void servesAThousandCandidates() {
        double[] weights = new double[1000];
        Arrays.fill(weights, 1);
        List<Candidate> candidates = candidates(weights);
        Map<Member, Integer> picked = traffic(candidates, 30_000);
        assertThat(members(candidates)).containsAll(picked.keySet());
        Assumptions.assumeTrue(isSpreading(), "the strategy prefers some candidates by design");
        assertThat(picked).hasSize(1000);
    }

    @Test
    protected void aPickerMadeWhileRequestsAreInFlightWorks() {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = candidates(1, 2, 3, 4);
        ContractTraffic traffic = new ContractTraffic(strategy).send(strategy.picker(candidates), 500);
        List<Lease> atEach = candidates.stream()
                .map(candidate -> ContractTraffic.open(strategy, candidate.member()))
                .toList();
        List<Candidate> others = candidates.subList(1, 3);
        Picker next = strategy.picker(others);
        assertThat(members(others)).containsAll(pickSome(next));
        traffic.end().send(next, 500);
        atEach.forEach(lease -> ContractTraffic.close(lease, Outcome.ANSWERED)); // candidates or not
        assertThat(members(others)).containsAll(traffic.picked().keySet());
        assertThat(members(others)).containsAll(pickSome(next));
        traffic.end();
        assertNothingInFlight(candidates);
    }

    @Test
    protected void hearsOfEveryOutcomeOfAnyMember() {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = candidates(1, 1, 1);
        Member unknown = candidates(1).get(0).member();
        Lease early = ContractTraffic.open(strategy, unknown); // of a member that was never a candidate
        Picker picker = strategy.picker(candidates);
        for (Outcome outcome : Outcome.values()) {
            ContractTraffic.close(
                    ContractTraffic.open(strategy, candidates.get(0).member()), outcome);
            Lease unsent = candidates.get(1).member().lease(strategy::closed);
            strategy.opened(unsent.member());
            unsent.close(outcome, 1);
        }
        ContractTraffic.close(early, Outcome.ANSWERED);
        assertThat(members(candidates)).containsAll(pickSome(picker));
    }

    /**
     * The least object takes 16 bytes, so fewer than 16 000 in 100 000 picks are less than one in a hundred. The first rounds
     * run before the compiler is through with it; so the best of ten counts.
     */
    @Test
    protected void aPickAllocatesNothing() {
        Assumptions.assumeTrue(isAllocationFree(), "the strategy allocates by design");
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = candidates(1, 2, 3, 0.5, 1, 1, 1, 1, 1, 1);
        Picker picker = strategy.picker(candidates);
        ContractTraffic traffic = new ContractTraffic(strategy);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least >= 16_000; round++) {
            traffic.send(picker, 1000);
            least = Math.min(least, allocatedBy(picker));
        }
        assertThat(least).as("bytes allocated in 100 000 picks").isLessThan(16_000);
    }

    private static long allocatedBy(Picker picker) {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean,
                "this JVM does not tell what a thread allocates");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 100_000; i++) {
            picker.pick(ContractTraffic.key(i));
        }
        return threads.getThreadAllocatedBytes(self) - before;
    }

    /** Four event loops at work, and the control context that makes pickers meanwhile. */
    @Test
    protected void severalThreadsPickAtOnce() throws InterruptedException {
        BalancingStrategy strategy = strategy();
        List<Candidate> candidates = candidates(1, 2, 3, 4, 5);
        AtomicReference<Picker> picker = new AtomicReference<>(strategy.picker(candidates));
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        List<Thread> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loops.add(new Thread(() -> seen.addAll(work(strategy, picker))));
        }
        loops.forEach(Thread::start);
        for (int change = 0; loops.stream().anyMatch(Thread::isAlive); change++) {
            picker.set(strategy.picker(candidates.subList(change % 3, 5)));
        }
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(seen).isNotEmpty();
        assertThat(new HashSet<Object>(members(candidates))).containsAll(seen);
        assertNothingInFlight(candidates);
    }

    /** Whom it picked, or what was thrown. */
    private static Set<Object> work(BalancingStrategy strategy, AtomicReference<Picker> picker) {
        Set<Object> picked = new HashSet<>();
        try {
            for (int n = 0; n < 20_000; n++) {
                Member member = Objects.requireNonNull(picker.get()).pick(ContractTraffic.key(n));
                picked.add(member);
                ContractTraffic.close(ContractTraffic.open(strategy, member), Outcome.ANSWERED);
            }
        } catch (RuntimeException e) {
            picked.add(e);
        }
        return picked;
    }

    private Map<Member, Integer> traffic(List<Candidate> candidates, int requests) {
        BalancingStrategy strategy = strategy();
        ContractTraffic traffic = new ContractTraffic(strategy).send(strategy.picker(candidates), requests);
        Map<Member, Integer> picked = traffic.picked();
        traffic.end();
        return picked;
    }

    private static void assertNothingInFlight(List<Candidate> candidates) {
        assertThat(candidates)
                .extracting(candidate -> candidate.member().inFlight())
                .containsOnly(0);
    }

    private static List<Member> members(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::member).toList();
    }

    private static Set<Member> pickSome(Picker picker) {
        Set<Member> picked = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            picked.add(picker.pick(ContractTraffic.key(i)));
        }
        return picked;
    }
}
