package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.proxy.log.AccessRecord;
import io.fairlead.proxy.log.AccessRecord.Answered;
import io.fairlead.proxy.log.AccessRecord.Asked;
import io.fairlead.proxy.log.AccessRecord.Ending;
import io.fairlead.proxy.log.Attempted;
import io.fairlead.route.Route;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the access log will say of one exchange, gathered while it goes on. There is none where there is no log.
 *
 * <p>Confined to its exchange.
 */
final class AccessTrail {
    private final Loop loop;
    private final Instant at;
    private final long begun;
    private final List<Attempted> attempts = new ArrayList<>(1);
    private long attemptBegun;
    private long received;
    private String why = "";

    private AccessTrail(Loop loop, AccessLog log, long begun) {
        this.loop = loop;
        this.at = log.now();
        this.begun = begun;
    }

    /** One for a request whose head came then; null without a log. */
    static @Nullable AccessTrail begin(Loop loop, long begun) {
        AccessLog log = loop.accessLog();
        return log == null ? null : new AccessTrail(loop, log, begun);
    }

    /** A request of which no head could be read was refused. */
    static void unread(Loop loop, String client, Refusal refusal, String requestId) {
        AccessLog log = loop.accessLog();
        if (log != null && log.wants(refusal.status(), 0)) {
            Answered answered = new Answered(
                    refusal.status(), Ending.COMPLETE, refusal.why().word(), 0);
            String listener = loop.settings().name();
            log.take(new AccessRecord(
                    log.now(), listener, client, requestId, Asked.UNREAD, answered, 0, "", "", List.of()));
        }
    }

    /** An attempt begins. */
    void attempt() {
        attemptBegun = loop.now();
    }

    /** The attempt ended so; its lease may still be open. */
    void attempted(Lease lease, Outcome outcome) {
        attempts.add(new Attempted(
                lease.member().id(),
                outcome,
                lease.status(),
                lease.wasSent() ? lease.sentAt() - attemptBegun : -1,
                lease.wasAnswered() ? lease.firstByteNanos() : -1,
                loop.now() - attemptBegun));
        received = lease.bytesReceived();
    }

    /** Fairlead answers itself. */
    void refused(Why word) {
        why = word.word();
    }

    /** The exchange is over for the client; 101 stands for a tunnel. It is told to the log that there is by now. */
    void end(Exchange exchange, @Nullable Route route, int status, Ending ending) {
        AccessLog log = loop.accessLog();
        long bytes = status == 101 ? received : exchange.request().response().bytesWritten();
        long duration = loop.now() - begun;
        if (log != null && log.wants(status, duration)) {
            log.take(new AccessRecord(
                    at,
                    loop.settings().name(),
                    exchange.key().clientIp(),
                    exchange.requestId(),
                    asked(exchange.request()),
                    new Answered(status, ending, why, bytes),
                    duration,
                    route == null ? "" : route.settings().name(),
                    route == null ? "" : route.pool().name(),
                    attempts));
        }
    }

    private static Asked asked(HttpServerRequest request) {
        return new Asked(
                request.method().name(),
                orEmpty(request.getHeader("Host")),
                request.uri(),
                protocol(request.version()),
                orEmpty(request.getHeader("Referer")),
                orEmpty(request.getHeader("User-Agent")),
                request.bytesRead());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String protocol(@Nullable HttpVersion version) {
        if (version == null) {
            return ""; // none that is supported
        }
        return switch (version) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            case HTTP_2 -> "HTTP/2";
            default -> version.alpnName();
        };
    }
}
