package io.fairlead.member;

/**
 * A member that may get a request now.
 *
 * @param member which
 * @param weight its effective weight, more than 0: the configured one as slow start, tiers and orders alter it
 * @param capacity how many requests it may have in flight, 1 or more; {@link #UNLIMITED} where there is no limit
 */
public record Candidate(Member member, double weight, int capacity) {
    /** The capacity of a member that has no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public Candidate {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: more than 0)");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 or more)");
        }
    }

    /** A candidate without a limit. */
    public Candidate(Member member, double weight) {
        this(member, weight, UNLIMITED);
    }

    /** Whether it may get one more request. Any event loop. */
    public boolean hasRoom() {
        return member.inFlight() < capacity;
    }
}
