package io.fairlead.pool;

import io.fairlead.settings.StatusRange;
import java.util.List;
import java.util.Optional;

/**
 * What may happen to a request at a member, after which another one may be tried: {@code "connect-failure"},
 * {@code "reset"}, or an answer with one of the statuses, {@code "503"} or {@code "500-599"}.
 *
 * @param word the written form
 * @param statuses 400 to 599; empty: no answer came
 */
public record RetryCondition(String word, Optional<StatusRange> statuses) {
    /** No connection could be had. */
    public static final RetryCondition CONNECT_FAILURE = new RetryCondition("connect-failure", Optional.empty());

    /** The connection broke before anything of the answer came. */
    public static final RetryCondition RESET = new RetryCondition("reset", Optional.empty());

    /** No answer came in time, so that Fairlead would answer 504 itself. */
    public static final RetryCondition TIMEOUT = ofStatus(504);

    private static final int LOWEST = 400;
    private static final String RULE =
            "(expected: connect-failure, reset, or statuses from 400 to 599 such as \"503\" or \"500-599\")";

    /** Those of the written forms that are words. */
    public static List<String> words() {
        return List.of(CONNECT_FAILURE.word, RESET.word);
    }

    /** Whether an answer with this status can be a reason to try another member. */
    public static boolean isPossible(int status) {
        return status >= LOWEST && status <= 599;
    }

    /**
     * An answer with this status.
     *
     * @param status 400 to 599
     */
    public static RetryCondition ofStatus(int status) {
        return new RetryCondition(Integer.toString(status), Optional.of(new StatusRange(status, status)));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RetryCondition parse(String text) {
        if (text.equals(CONNECT_FAILURE.word)) {
            return CONNECT_FAILURE;
        }
        if (text.equals(RESET.word)) {
            return RESET;
        }
        try {
            StatusRange range = StatusRange.parse(text);
            if (range.from() >= LOWEST) {
                return new RetryCondition(text, Optional.of(range));
            }
        } catch (IllegalArgumentException e) {
            // said below, together with the words
        }
        throw new IllegalArgumentException("\"" + text + "\" " + RULE);
    }

    /** Whether what happened is among what this stands for. */
    boolean covers(RetryCondition happened) {
        if (statuses.isEmpty() || happened.statuses.isEmpty()) {
            return equals(happened);
        }
        return statuses.get().contains(happened.statuses.get().from());
    }

    @Override
    public String toString() {
        return word;
    }
}
