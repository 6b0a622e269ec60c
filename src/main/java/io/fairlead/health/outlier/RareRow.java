package io.fairlead.health.outlier;

/**
 * How long a row of failures has to be to speak against a member. If its peers fail in a share p of their requests, a member no
 * worse has a row of n with probability pⁿ, so that as many are asked for as make it one in a thousand million: 5 as long as
 * fewer than 1.6 % fail, 13 at 20 %, 197 at 90 %, and when all fail there is no end to it.
 */
final class RareRow {
    private static final double RARE = Math.log(1e-9);
    private static final double ALL = 1 - 1e-9;

    private RareRow() {}

    /**
     * Failures in a row that are too many for chance.
     *
     * @param least as configured; {@link Evidence#NEVER} if no row is to be long enough
     * @param peers the share of the peers' requests that fail, 0 to 1
     */
    static int length(int least, double peers) {
        double rare = peers <= 0 ? 1 : Math.ceil(RARE / Math.log(Math.min(peers, ALL)));
        return (int) Math.max(least, Math.min(rare, Integer.MAX_VALUE));
    }
}
