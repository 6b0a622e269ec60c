package io.fairlead.health.outlier;

import io.fairlead.health.Ground;
import io.fairlead.member.Member;

/** Told what is made of live traffic. Control context only. */
public interface OutlierListener {
    /** A member was ejected, is on trial, or gets requests as before. */
    void judged(Member member, TrafficVerdict verdict);

    /**
     * Traffic speaks against a member; what it comes to follows.
     *
     * @param enforced whether it is ejected; false if it stays, and why is remarked
     */
    void ejected(Member member, Ground ground, boolean enforced);

    /** A member stays what it is; this is what would have become of it, and why it did not. */
    void remarked(Member member, String words);
}
