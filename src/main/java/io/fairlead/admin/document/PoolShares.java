package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.rounded;

import io.fairlead.pool.MemberStatus;
import io.fairlead.stats.Requests;
import io.fairlead.stats.StatsSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What part of a pool's requests each of its members gets.
 *
 * @param stats of this moment
 * @param lastMinute requests to all members in the last minute
 * @param total requests to all members since the start
 * @param weight the sum of their effective weights
 */
record PoolShares(StatsSnapshot stats, long lastMinute, long total, double weight) {
    static PoolShares of(StatsSnapshot stats, List<MemberStatus> members) {
        long lastMinute = 0;
        long total = 0;
        double weight = 0;
        for (MemberStatus status : members) {
            Requests requests = stats.member(status.member()).requests();
            lastMinute += requests.inWindow();
            total += requests.total();
            weight += status.effectiveWeight();
        }
        return new PoolShares(stats, lastMinute, total, weight);
    }

    /**
     * Its part in the last minute; when nobody got anything then, in all since the start, so that a pool at rest still shows how
     * its traffic was spread.
     */
    double shown(MemberStatus status) {
        if (total == 0) {
            return 0;
        }
        Requests requests = stats.member(status.member()).requests();
        return lastMinute > 0
                ? rounded(requests.inWindow() / (double) lastMinute)
                : rounded(requests.total() / (double) total);
    }

    /** Its part in the last minute; null when nobody got anything then. */
    @Nullable
    Double ofLastMinute(MemberStatus status) {
        return Figures.share(stats.member(status.member()).requests().inWindow(), lastMinute);
    }

    /** The part that its weight asks for; null when nobody may get anything. */
    @Nullable
    Double expected(MemberStatus status) {
        return Figures.share(status.effectiveWeight(), weight);
    }
}
