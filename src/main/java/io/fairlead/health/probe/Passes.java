package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Passed;

/** One object for each status that passes: hundreds of results are remembered per member. Control context only. */
final class Passes {
    private final Passed[] byStatus = new Passed[1000];

    Passed of(int status) {
        Passed present = byStatus[status];
        if (present == null) {
            present = new Passed(Integer.toString(status));
            byStatus[status] = present;
        }
        return present;
    }
}
