package io.fairlead.member;

/**
 * A member that may get a request now.
 *
 * @param member which
 * @param weight its effective weight, more than 0: the configured one as slow start and orders alter it
 */
public record Candidate(Member member, double weight) {
    public Candidate {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: more than 0)");
        }
    }
}
