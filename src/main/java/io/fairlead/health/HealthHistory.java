package io.fairlead.health;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * What is remembered of one member: its last 256 probes and transitions, the oldest forgotten first. An entry takes some
 * 100 bytes, more if a member sends something unexpected that is quoted.
 *
 * <p>Control context only.
 */
public final class HealthHistory {
    /** Entries that are kept. */
    public static final int LENGTH = 256;

    private final Deque<HistoryEntry> entries = new ArrayDeque<>();

    /** Adds the newest. */
    public void add(HistoryEntry entry) {
        if (entries.size() == LENGTH) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** All that is remembered, the newest first. */
    public List<HistoryEntry> newestFirst() {
        List<HistoryEntry> all = new ArrayList<>(entries);
        Collections.reverse(all);
        return all;
    }
}
