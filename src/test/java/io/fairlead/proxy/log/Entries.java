package io.fairlead.proxy.log;

import io.fairlead.member.Outcome;
import io.fairlead.proxy.log.AccessRecord.Answered;
import io.fairlead.proxy.log.AccessRecord.Asked;
import io.fairlead.proxy.log.AccessRecord.Ending;
import java.time.Instant;
import java.util.List;

/** Records to be written. */
final class Entries {
    static final Attempted FAILED = new Attempted("a", Outcome.CONNECT_FAILED, 0, -1, -1, 250_000);
    static final Attempted BUSY = new Attempted("b", Outcome.ANSWERED, 503, 40_999, 1_500_000, 2_000_000);
    static final Attempted FINE = new Attempted("c", Outcome.ANSWERED, 200, 0, 10_000_000, 12_345_678);

    private Entries() {}

    /** One that was answered by the third member. */
    static AccessRecord retried() {
        return entry(asked("/x?y=1"), new Answered(200, Ending.COMPLETE, "", 42), FAILED, BUSY, FINE);
    }

    /** One with this target. */
    static AccessRecord of(String target) {
        return entry(asked(target), new Answered(200, Ending.COMPLETE, "", 42), FINE);
    }

    /** One that Fairlead refused. */
    static AccessRecord refused() {
        return entry(asked("/"), new Answered(503, Ending.COMPLETE, "no-member-available", 100));
    }

    /** One of which no head could be read. */
    static AccessRecord unread() {
        Answered answered = new Answered(400, Ending.COMPLETE, "malformed", 0);
        return new AccessRecord(
                Instant.parse("2026-11-21T09:22:06.123456Z"),
                "web",
                "::1",
                "id",
                Asked.UNREAD,
                answered,
                0,
                "",
                "",
                List.of());
    }

    static AccessRecord entry(Asked asked, Answered answered, Attempted... attempts) {
        return new AccessRecord(
                Instant.parse("2026-11-21T09:22:06.123456Z"),
                "web",
                "192.0.2.7",
                "0123456789abcdef",
                asked,
                answered,
                14_600_000,
                "shop.example/api/",
                "app",
                List.of(attempts));
    }

    static Asked asked(String target) {
        return new Asked("GET", "shop.example", target, "HTTP/1.1", "https://from.example/", "curl/8.0", 7);
    }
}
