package io.fairlead.program.scenario;

/**
 * How much of a scenario is played.
 *
 * @param warmUp seconds of a rising load that does not count, in which code is compiled
 * @param calm seconds of load that count, before anything happens and after it is over
 * @param rate share of the full rate, more than 0 to 1
 * @param timeouts a table for the pool, empty if all is to be at its default
 */
record Pace(double warmUp, double calm, double rate, String timeouts) {
    /** Where a connection may be late with the whole machine, and is no subject. */
    private static final String PATIENT = """
            [pools.app.timeouts]
            connect = "10s"
            """;

    /** For tests, which judge by counts, and pass on a machine that has other work. */
    static final Pace QUICK = new Pace(2, 1, 0.25, PATIENT);

    /** Judged by times as well. */
    static final Pace FULL = new Pace(8, 4, 1, "");

    int of(int fullPerSecond) {
        return (int) (fullPerSecond * rate);
    }
}
