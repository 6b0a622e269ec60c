package io.fairlead.stats;

/**
 * A kind of further attempt.
 *
 * @param reason what the one before met: the word of a condition, such as {@code connect-failure} or {@code 503}; bounded
 * @param outcome what came of it
 */
public record Retry(String reason, Outcome outcome) {
    /** What came of a further attempt. */
    public enum Outcome {
        /** A member answered to the end. */
        ANSWERED,
        /** It met a failure as well, or yet another attempt took its place. */
        FAILED,
        /** The client or Fairlead ended it. */
        ABANDONED,
        /** It was not made, because the attempts or the budget were used up. */
        DENIED
    }
}
