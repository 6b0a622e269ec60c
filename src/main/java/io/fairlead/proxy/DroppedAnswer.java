package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rest of an answer that was dropped because another member gets the request. A short one is read away, so that its
 * connection can be used again; of any other the connection is closed. Holds the lease until then: so long the member is busy
 * with the request.
 *
 * <p>Confined to its event loop; the exchange goes on without it.
 */
final class DroppedAnswer extends Deadlines.Watched {
    /** What is read of a body at most. */
    static final int LONGEST = 64 << 10;

    private static final int LONGEST_IN_DIGITS = 5;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final Lease lease;
    private final Runnable dropConnection;
    private long length;
    private long ends;

    /**
     * The answer that a lease got.
     *
     * @param dropConnection closes the connection that it comes on
     */
    DroppedAnswer(Loop loop, Lease lease, Runnable dropConnection) {
        this.loop = loop;
        this.lease = lease;
        this.dropConnection = dropConnection;
    }

    /** Reads it away, unless its connection is of no further use. */
    void read(HttpClientResponse answer, boolean reusable) {
        answer.exceptionHandler(t -> cut());
        if (!reusable || isLong(answer.getHeader("Content-Length"))) {
            cut();
            return;
        }
        ends = loop.now() + PATIENCE_NANOS;
        loop.deadlines().add(this);
        answer.handler(this::take).endHandler(v -> end());
    }

    /** Whether it is declared far longer than what is read. */
    private static boolean isLong(@Nullable String length) {
        return length != null && length.length() > LONGEST_IN_DIGITS;
    }

    private void take(Buffer chunk) {
        lease.addBytesReceived(chunk.length());
        length += chunk.length();
        if (length > LONGEST) {
            cut();
        }
    }

    @Override
    void sweep(long now) {
        if (now - ends >= 0) {
            cut();
        }
    }

    private void cut() {
        if (lease.outcome() == null) {
            end();
            dropConnection.run();
        }
    }

    private void end() {
        if (lease.outcome() == null) {
            loop.deadlines().remove(this);
            loop.close(lease, Outcome.ANSWERED);
        }
    }
}
