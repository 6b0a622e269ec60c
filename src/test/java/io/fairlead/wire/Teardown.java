package io.fairlead.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Steps that are all taken, the last one pushed first; the first failure is thrown and carries the others. */
final class Teardown {
    /** One step. */
    @FunctionalInterface
    interface Step {
        /** Takes it. */
        void take() throws Exception;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    /** To be taken before all that were pushed until now. */
    void push(Step step) {
        steps.push(step);
    }

    /** Takes them all. */
    void run() throws Exception {
        Throwable first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().take();
            } catch (Exception | AssertionError e) {
                first = joined(first, e);
            }
        }
        if (first instanceof AssertionError error) {
            throw error;
        }
        if (first != null) {
            throw (Exception) first;
        }
    }

    private static Throwable joined(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
