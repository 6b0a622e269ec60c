package io.fairlead.pool;

/** A place in a pool's queue. */
@FunctionalInterface
public interface Place {
    /**
     * Leaves the queue. Any event loop.
     *
     * @return false if a lease was granted already, and so is on its way
     */
    boolean leave();
}
