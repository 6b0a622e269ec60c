package io.fairlead.proxy;

import io.fairlead.member.Outcome;
import io.fairlead.pool.RetryCondition;
import java.util.Optional;

/**
 * Why an attempt failed.
 *
 * @param why the word, if the client is told
 * @param outcome for the lease
 * @param retry on which condition another attempt makes sense; empty: none does
 * @param detail for people; names no member
 */
record Failure(Why why, Outcome outcome, Optional<RetryCondition> retry, String detail) {
    /** No connection could be had. */
    static Failure connect(String detail) {
        return new Failure(
                Why.CONNECT_FAILED, Outcome.CONNECT_FAILED, Optional.of(RetryCondition.CONNECT_FAILURE), detail);
    }

    /** No connection could be had in time. */
    static Failure connectTimeout(String detail) {
        return new Failure(
                Why.UPSTREAM_TIMEOUT, Outcome.CONNECT_FAILED, Optional.of(RetryCondition.CONNECT_FAILURE), detail);
    }

    /** The connection broke before anything of the answer came. */
    static Failure reset(String detail) {
        return new Failure(Why.UPSTREAM_RESET, Outcome.RESET, Optional.of(RetryCondition.RESET), detail);
    }

    /** What came is no valid answer, or broke off. */
    static Failure badAnswer(String detail) {
        return new Failure(Why.UPSTREAM_RESET, Outcome.RESET, Optional.empty(), detail);
    }

    /** The head of the answer did not come in time. */
    static Failure noAnswer(String detail) {
        return new Failure(Why.UPSTREAM_TIMEOUT, Outcome.TIMED_OUT, Optional.of(RetryCondition.TIMEOUT), detail);
    }

    /** The member kept us waiting. */
    static Failure timeout(String detail) {
        return new Failure(Why.UPSTREAM_TIMEOUT, Outcome.TIMED_OUT, Optional.empty(), detail);
    }

    /** The client or Fairlead ended it. */
    static Failure abandoned(Why why, String detail) {
        return new Failure(why, Outcome.ABANDONED, Optional.empty(), detail);
    }
}
