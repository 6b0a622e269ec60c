package io.fairlead.balance.simulation;

import java.util.Collections;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** How one member of one run serves; told of each request in the order of time. */
@FunctionalInterface
public interface Service {
    /** When the request that comes now will be answered. */
    long answerAt(long now, RandomGenerator chance);

    /** All requests at once: each takes its time, however many there are. */
    static Service delay(Span latency) {
        return (now, chance) -> now + latency.draw(now, chance);
    }

    /** One request after the other, in order: each waits for those before it. */
    static Service queue(Span work) {
        return queue(1, work);
    }

    /** As many requests at once as there are workers; the others wait, in order, for the first that is free. */
    static Service queue(int workers, Span work) {
        PriorityQueue<Long> freeAt = new PriorityQueue<>(Collections.nCopies(workers, 0L));
        return (now, chance) -> {
            long answerAt = Math.max(now, freeAt.remove()) + work.draw(now, chance);
            freeAt.add(answerAt);
            return answerAt;
        };
    }
}
