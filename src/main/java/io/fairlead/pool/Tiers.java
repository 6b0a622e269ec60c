package io.fairlead.pool;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the requests are divided among tiers. The best tier takes all as long as enough of it is available; what it cannot
 * take falls to the next, and so on. Some spare capacity is assumed: a tier of which a share a is available takes 1.4 a of
 * the requests, so that the loss of one member in four moves nothing. If all tiers together cannot take everything, each takes
 * more in proportion.
 *
 * <p>The rule and its factor are those of Envoy's priority levels.
 */
final class Tiers {
    private static final double OVERPROVISIONED = 1.4;

    private Tiers() {}

    /**
     * The share of the requests that each tier gets, 0 to 1, all together 1; tiers that get nothing are left out.
     *
     * @param availability the share of each tier's weight that is available, 0 to 1, by the tier's number
     */
    static SortedMap<Integer, Double> shares(SortedMap<Integer, Double> availability) {
        SortedMap<Integer, Double> shares = new TreeMap<>();
        double left = 1;
        for (Map.Entry<Integer, Double> tier : availability.entrySet()) {
            double share = Math.min(left, OVERPROVISIONED * tier.getValue());
            if (share > 0) {
                shares.put(tier.getKey(), share);
                left -= share;
            }
        }
        double taken = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((tier, share) -> share / taken);
        return shares;
    }
}
