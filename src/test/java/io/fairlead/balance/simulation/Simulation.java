package io.fairlead.balance.simulation;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyProvider.Environment;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * One run of one strategy. Time jumps from event to event: the next request is sent, or the next answer comes, whichever is
 * earlier; an answer goes first when both come at once. Between them stands what the pool does in production, in its order:
 * pick, lease, opened; sent, answered, closed.
 *
 * <p>Clients, members and strategy draw from three streams of chance, so that every strategy meets the same clients, and the
 * n-th request would take its member as long under each (where its members are alike).
 */
public final class Simulation {
    /** Told of each request when its answer has come, in that order. */
    @FunctionalInterface
    public interface Watcher {
        /** The n-th request went to this member then, and was answered then. */
        void answered(int number, int member, long sentAt, long answeredAt);
    }

    private record Answer(long at, int number, int member, long sentAt, Lease lease) implements Comparable<Answer> {
        @Override
        public int compareTo(Answer other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }

    private final List<Service> services = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Member, Integer> numbers = new HashMap<>();
    private final PriorityQueue<Answer> answers = new PriorityQueue<>();
    private final SplittableRandom clients;
    private final SplittableRandom members;
    private final BalancingStrategy strategy;
    private Watcher watcher = (number, member, sentAt, answeredAt) -> {};
    private int warmUp;
    private long now;

    /** A run of the strategy that is made of this environment: the virtual clock, and chance from the seed. */
    public Simulation(Function<Environment, BalancingStrategy> strategy, long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        clients = chance.split();
        members = chance.split();
        this.strategy = strategy.apply(new Environment(() -> now, chance.split()));
    }

    /** With one member more, of weight 1 and without a limit. */
    public Simulation member(Service service) {
        return member(service, 1, Candidate.UNLIMITED);
    }

    /** With one member more. */
    public Simulation member(Service service, double weight, int capacity) {
        int number = services.size();
        Member member = new Member("pool", "m" + number, new MemberAddress("m" + number, 80));
        services.add(service);
        candidates.add(new Candidate(member, weight, capacity));
        numbers.put(member, number);
        return this;
    }

    /** Leaves the first requests out of the results. */
    public Simulation warmUp(int requests) {
        warmUp = requests;
        return this;
    }

    /** Tells of each request, those of the warm-up too. */
    public Simulation watch(Watcher newWatcher) {
        watcher = newWatcher;
        return this;
    }

    /** Sends this many requests after the warm-up and waits for all answers. A simulation runs once. */
    public Results run(Arrivals arrivals, int requests) {
        Results results = new Results(services.size());
        Picker picker = strategy.picker(List.copyOf(candidates));
        for (int number = 0; number < warmUp + requests; number++) {
            if (arrivals instanceof Arrivals.Open open) {
                advance(open.next(now, clients), results);
            } else {
                advance(Long.MAX_VALUE, results);
            }
            send(picker, number, results);
        }
        advance(Long.MAX_VALUE, results);
        return results;
    }

    /** Lets the time pass to this moment, or to the last answer if that is for ever. */
    private void advance(long to, Results results) {
        Answer next = answers.peek();
        while (next != null && next.at <= to) {
            receive(answers.remove(), results);
            next = answers.peek();
        }
        now = to == Long.MAX_VALUE ? now : to;
    }

    private void send(Picker picker, int number, Results results) {
        Member member = picker.pick(RequestKey.NONE);
        int which = numbers.getOrDefault(member, -1);
        Lease lease = member.lease(strategy::closed);
        strategy.opened(member);
        lease.sent(now);
        answers.add(new Answer(services.get(which).answerAt(now, members), number, which, now, lease));
        if (number >= warmUp) {
            results.sent(which, member.inFlight());
        }
    }

    private void receive(Answer answer, Results results) {
        now = answer.at;
        answer.lease.answered(200, now);
        answer.lease.close(Outcome.ANSWERED, now);
        watcher.answered(answer.number, answer.member, answer.sentAt, now);
        if (answer.number >= warmUp) {
            results.answered(now - answer.sentAt);
        }
    }
}
