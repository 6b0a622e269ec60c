package io.fairlead.health;

import java.time.Instant;

/** One line of a member's history: a probe that ended, or a transition. */
public sealed interface HistoryEntry permits ProbeReport, Transition {
    /** When it happened. */
    Instant at();
}
