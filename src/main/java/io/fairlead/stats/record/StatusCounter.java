package io.fairlead.stats.record;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How often each status came, by index: 100 counts for each first digit, made when the first of them comes. One thread raises
 * them, any thread reads.
 */
final class StatusCounter {
    private static final int PAGE = 100;
    private static final int LOWEST = 100;
    private static final int HIGHEST = 999;

    // One event loop writes, control context reads.
    private final AtomicReferenceArray<Counters> pages = new AtomicReferenceArray<>(HIGHEST / PAGE + 1);
    // The writer's, mostly the page for 2xx: spares it the way through the array.
    private int lastDigit;
    private Counters last = new Counters(0);

    /** One more of this; what is no status counts as the nearest one. The writer's thread only. */
    void add(int status) {
        int bounded = Math.min(Math.max(status, LOWEST), HIGHEST);
        int digit = bounded / PAGE;
        if (digit != lastDigit) {
            turnTo(digit);
        }
        last.add(bounded - digit * PAGE, 1);
    }

    private void turnTo(int digit) {
        Counters page = pages.getPlain(digit);
        if (page == null) {
            page = new Counters(PAGE);
            pages.setRelease(digit, page);
        }
        last = page;
        lastDigit = digit;
    }

    /** Adds what was counted. Any thread. */
    void addTo(Map<Integer, Long> sum) {
        for (int digit = 0; digit < pages.length(); digit++) {
            Counters page = pages.getAcquire(digit);
            for (int rest = 0; page != null && rest < PAGE; rest++) {
                long count = page.get(rest);
                if (count > 0) {
                    sum.merge(digit * PAGE + rest, count, Long::sum);
                }
            }
        }
    }
}
