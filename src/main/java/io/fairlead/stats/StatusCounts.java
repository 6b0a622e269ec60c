package io.fairlead.stats;

import io.fairlead.stats.MemberCounts.Responses;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each status was answered.
 *
 * @param byStatus 100 to 999, only those that came
 */
public record StatusCounts(SortedMap<Integer, Long> byStatus) {
    /** None yet. */
    public static final StatusCounts NONE = new StatusCounts(new TreeMap<>());

    public StatusCounts {
        byStatus = Collections.unmodifiableSortedMap(new TreeMap<>(byStatus));
    }

    /** Both together. */
    public StatusCounts plus(StatusCounts other) {
        SortedMap<Integer, Long> sum = new TreeMap<>(byStatus);
        other.byStatus.forEach((status, count) -> sum.merge(status, count, Long::sum));
        return new StatusCounts(sum);
    }

    /** Of all statuses. */
    public long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** By the first digit; what is over 599 counts with 5xx. */
    public Responses responses() {
        long[] classes = new long[6];
        for (Map.Entry<Integer, Long> each : byStatus.entrySet()) {
            classes[Math.min(each.getKey() / 100, 5)] += each.getValue();
        }
        return new Responses(classes[1], classes[2], classes[3], classes[4], classes[5]);
    }
}
