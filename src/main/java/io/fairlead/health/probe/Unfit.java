package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;

/** What a member sent is no answer. Without a stack: members cause it, not mistakes of the program. */
final class Unfit extends Exception {
    private final transient Failed failure;

    Unfit(Reason reason, String detail) {
        super(detail, null, false, false);
        this.failure = new Failed(reason, detail);
    }

    /** How the probe ends. */
    Failed failure() {
        return failure;
    }
}
