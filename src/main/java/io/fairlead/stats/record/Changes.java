package io.fairlead.stats.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which of one event loop's member recorders have news for the sampler, so that members at rest cost it nothing. A stack that
 * the recorders themselves make up [1]: the loop adds, the sampler takes all at once.
 *
 * <p>[1] R. K. Treiber, Systems Programming: Coping with Parallelism, 1986.
 */
final class Changes {
    // The event loop adds, control context takes.
    private final AtomicReference<@Nullable MemberRecorder> newest = new AtomicReference<>();

    /** Adds one that is not in it. Confined to its event loop. */
    void add(MemberRecorder recorder) {
        MemberRecorder before = newest.get();
        recorder.follow(before);
        while (!newest.compareAndSet(before, recorder)) {
            before = newest.get();
            recorder.follow(before);
        }
    }

    /** Takes all; from then on each is added again when there is more. Control context only. */
    List<MemberRecorder> take() {
        List<MemberRecorder> all = new ArrayList<>();
        MemberRecorder next = newest.getAndSet(null);
        while (next != null) {
            MemberRecorder taken = next;
            next = taken.before(); // before it may be added again
            taken.follow(null); // or who stays would hold on to who has gone
            taken.taken();
            all.add(taken);
        }
        return all;
    }
}
