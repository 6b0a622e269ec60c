package io.fairlead.member;

import org.jspecify.annotations.Nullable;

/**
 * The right to send one request to one member. While it is open the member has one request more in flight; it is closed
 * exactly once, on every path, and then tells its listener how it went. Times are nanoseconds of one ticker.
 *
 * <p>Confined to its exchange.
 */
public final class Lease {
    /** Told of each lease's end, on the event loop of the exchange. */
    public interface Listener {
        /** Called once; the lease is final. */
        void closed(Lease lease);
    }

    private final Member member;
    private final Listener listener;
    private long sentAt;
    private long firstByteAt;
    private long closedAt;
    private boolean sent;
    private boolean answered;
    private int status;
    private long bytesSent;
    private long bytesReceived;
    private @Nullable Outcome outcome;

    Lease(Member member, Listener listener) {
        this.member = member;
        this.listener = listener;
    }

    /** Whose. */
    public Member member() {
        return member;
    }

    /** The request's head goes out now; the first call counts. */
    public void sent(long now) {
        if (!sent) {
            sent = true;
            sentAt = now;
        }
    }

    /** The head of the final response is here. */
    public void answered(int statusCode, long now) {
        answered = true;
        status = statusCode;
        firstByteAt = now;
    }

    /** Adds to the bytes of body that went to the member. */
    public void addBytesSent(long bytes) {
        bytesSent += bytes;
    }

    /** Adds to the bytes of body that came from the member. */
    public void addBytesReceived(long bytes) {
        bytesReceived += bytes;
    }

    /**
     * Ends the lease: one request fewer in flight, and the listener is told. Calls after the first do nothing.
     *
     * @return whether this call closed it
     */
    public boolean close(Outcome how, long now) {
        if (outcome != null) {
            return false;
        }
        outcome = how;
        closedAt = now;
        member.released();
        listener.closed(this);
        return true;
    }

    /** How it ended; null while it is open. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether the request's head was sent. */
    public boolean wasSent() {
        return sent;
    }

    /** When the request's head was sent; only if {@link #wasSent()}. */
    public long sentAt() {
        return sentAt;
    }

    /** Whether a final response's head came. */
    public boolean wasAnswered() {
        return answered;
    }

    /** The status that came, 0 before one did. */
    public int status() {
        return status;
    }

    /** From sending the head to the response's head, in nanoseconds; only if {@link #wasAnswered()}. */
    public long firstByteNanos() {
        return firstByteAt - sentAt;
    }

    /** From sending the head to the end, in nanoseconds; 0 if nothing was sent. */
    public long totalNanos() {
        return sent ? closedAt - sentAt : 0;
    }

    /** Bytes of body that went to the member. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Bytes of body that came from the member. */
    public long bytesReceived() {
        return bytesReceived;
    }
}
