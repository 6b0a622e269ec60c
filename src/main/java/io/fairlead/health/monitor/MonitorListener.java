package io.fairlead.health.monitor;

import io.fairlead.health.Ground;
import io.fairlead.health.Health;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.Source;
import io.fairlead.member.Member;

/** Told of each piece of news about a member. Control context only. */
public interface MonitorListener {
    /** All that is known of a member now: after a probe that changed it, and after every judgment on live traffic. */
    void observed(Member member, Health health);

    /**
     * Live traffic speaks against a member; what it comes to follows.
     *
     * @param enforced whether it is ejected; false if it stays, and why is remarked
     */
    void ejected(Member member, Ground ground, boolean enforced);

    /** A probe has ended; if it changes what is known, that follows. */
    void probed(Member member, ProbeReport report);

    /** A member stays what it is; this is what would have become of it, and why it did not. */
    void remarked(Member member, Source source, String words);
}
