package io.fairlead.admin.webhook;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Takes messages. Control context only. */
interface Receiver {
    /** Sends one; whatever goes wrong is a {@link Reply}, never a failed future. */
    Future<Reply> send(Buffer message);

    /** Gives back what it holds. */
    default void close() {}

    /**
     * How it went.
     *
     * @param taken whether the receiver has it
     * @param worthRetrying whether it may go better later
     * @param words what went wrong, without the address
     */
    record Reply(boolean taken, boolean worthRetrying, String words) {
        private static final int REQUEST_TIMEOUT = 408;
        private static final int TOO_MANY_REQUESTS = 429;

        /** By an answer's status: what is wrong with the message will be so next time. */
        static Reply of(int status) {
            boolean later = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
            return new Reply(status >= 200 && status < 300, later, "it answers " + status);
        }

        /** There was no answer. */
        static Reply failed(String words) {
            return new Reply(false, true, words);
        }
    }
}
