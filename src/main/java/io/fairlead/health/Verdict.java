package io.fairlead.health;

import java.time.Instant;

/**
 * What the results so far make of a member, in numbers and in words. In a settled state the reason is the cause of the
 * last flip; on the way to the next it is the count of results that speak for it.
 *
 * @param score rise and fall
 * @param since when the member last began or ceased to serve; before it did either, when the watch began
 * @param settled why it serves, or does not
 * @param reason the words to be shown
 */
record Verdict(HealthScore score, Instant since, String settled, String reason) {
    /** Before the first result. */
    static Verdict atStart(HealthSettings settings, Instant now) {
        HealthScore score = HealthScore.atStart(settings);
        return score.isUp() ? assumedUp(settings, now) : settled(score, now, "no probe has ended yet");
    }

    /** Before the first result, of a member that serves since then. */
    static Verdict assumedUp(HealthSettings settings, Instant since) {
        HealthScore score = new HealthScore(settings.rise(), settings.fall(), settings.fall());
        return settled(score, since, untilTheyFail(settings.fall()));
    }

    private static Verdict settled(HealthScore score, Instant since, String reason) {
        return new Verdict(score, since, reason, reason);
    }

    private static String untilTheyFail(int fall) {
        return "counts as up until probes fail, " + fall + " in a row";
    }

    /** What is known, as the start for another check: what has not flipped the member yet is of no account there. */
    Verdict carriedTo(HealthSettings settings) {
        HealthScore next = score.carriedTo(settings.rise(), settings.fall());
        boolean assumed = settled.equals(untilTheyFail(score.fall()));
        Verdict carried = settled(next, since, assumed ? untilTheyFail(settings.fall()) : settled);
        return carried.equals(this) ? this : carried;
    }

    /** After one more result. */
    Verdict observe(ProbeResult result, Instant now) {
        boolean passed = result instanceof ProbeResult.Passed;
        HealthScore next = score.observe(passed);
        if (next.equals(score) && reason.equals(settled)) {
            return this; // the member goes on as it is
        }
        boolean flips = next.isUp() != score.isUp();
        boolean decides = score.state() == HealthState.CHECKING;
        String words = (decides ? "the first probe " : next.count() + " probes ")
                + (passed ? "passed: " : "failed: ")
                + result.detail();
        boolean between = next.state() == HealthState.FALLING || next.state() == HealthState.RISING;
        String cause = flips || decides ? words : settled;
        return new Verdict(next, flips ? now : since, cause, between ? words : cause);
    }

    /** How many results in a row, of those that matter, the last one made: {@code "2 of 3"}. */
    String count(Verdict before) {
        return before.score.state() == HealthState.CHECKING ? "1 of 1" : score.count();
    }

    /** In a form to be shown. */
    Health health() {
        return new Health(score.state(), since, Source.ACTIVE, reason);
    }
}
