package io.fairlead.admin.metrics;

/** The families of metrics, in the order in which they are told. Names are without the suffixes that their kind brings. */
enum Metric {
    REQUESTS(Kind.COUNTER, "requests", "Answers sent to clients, Fairlead's own included."),
    REQUEST_DURATION(
            Kind.HISTOGRAM,
            "request_duration_seconds",
            "From a request's head read to its answer's last byte written or given up; tunnels are left out."),
    MEMBER_REQUESTS(Kind.COUNTER, "member_requests", "Answers that came from a member, by status."),
    MEMBER_REQUEST_DURATION(
            Kind.HISTOGRAM,
            "member_request_duration_seconds",
            "From sending a request's head to a member to its answer's last byte; time-outs count, tunnels do not."),
    MEMBER_IN_FLIGHT(Kind.GAUGE, "member_in_flight", "Requests sent to a member and not completed."),
    MEMBER_UP(Kind.GAUGE, "member_up", "Whether a member's health lets it serve, whatever was ordered."),
    MEMBER_STATE(Kind.GAUGE, "member_state", "1 for the state that a member is in; an order comes before its health."),
    MEMBER_TRANSITIONS(Kind.COUNTER, "member_transitions", "How often a member became something else, and on what."),
    PROBES(Kind.COUNTER, "probes", "Probes that ended."),
    PROBE_DURATION(Kind.HISTOGRAM, "probe_duration_seconds", "What probes took from start to end."),
    EJECTIONS(
            Kind.COUNTER,
            "ejections",
            "How often live traffic spoke against a member; enforced=\"false\" where it was not taken out for it."),
    RETRIES(
            Kind.COUNTER,
            "retries",
            "Attempts after the first, by what was wrong with the one before and how it ended."),
    RETRY_BUDGET(Kind.GAUGE, "retry_budget_remaining", "Retries that would be allowed at once."),
    QUEUE_LENGTH(Kind.GAUGE, "queue_length", "Requests that wait for a member."),
    QUEUE_TIME(Kind.HISTOGRAM, "queue_seconds", "How long requests waited for a member, those that waited at all."),
    FAIL_OPEN(Kind.GAUGE, "pool_fail_open", "Whether a pool uses all members, healthy or not."),
    RELOADS(Kind.COUNTER, "config_reloads", "Attempts to take a changed configuration."),
    RELOADED(Kind.GAUGE, "config_last_reload_successful", "Whether the last attempt was taken; 1 before the first."),
    BUILD(Kind.INFO, "build", "Which Fairlead this is.");

    /** What sort of number it is. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        INFO
    }

    private static final String PREFIX = "fairlead_";

    final Kind kind;
    final String family;
    final String help;

    Metric(Kind kind, String name, String help) {
        this.kind = kind;
        this.family = PREFIX + name;
        this.help = help;
    }
}
