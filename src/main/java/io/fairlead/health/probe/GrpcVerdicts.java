package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gRPC probe makes of answers. Control context only. */
final class GrpcVerdicts {
    private static final Passed SERVING = new Passed("SERVING");
    private static final List<String> STATUSES = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");
    private static final int NOT_FOUND = 5;
    private static final int UNIMPLEMENTED = 12;
    private static final List<String> CODES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private final GrpcProbeOptions options;
    private final Excerpt excerpt;

    GrpcVerdicts(GrpcProbeOptions options) {
        this.options = options;
        this.excerpt = new Excerpt(ProbeHeaders.inClear(options.headers()).values());
    }

    /** Of an answer's head, if that is enough to fail; null if the rest is to be looked at. */
    @Nullable
    Failed ofHead(Map<String, String> headers) {
        String status = headers.getOrDefault(":status", "");
        if (!status.matches("[1-9]\\d\\d")) {
            return new Failed(Reason.PROTOCOL, "not HTTP/2: an answer without a status");
        }
        if (!status.equals("200")) {
            return new Failed(Reason.STATUS, "HTTP status " + status + " (expected: an answer by gRPC)");
        }
        String type = headers.get("content-type");
        if (type == null || !type.startsWith("application/grpc")) {
            return new Failed(
                    Reason.PROTOCOL,
                    "not gRPC: " + (type == null ? "no content-type" : "content-type " + excerpt.of(type)));
        }
        return null;
    }

    /**
     * Of an answer that has ended.
     *
     * @param last the trailers, or the headers of an answer that has nothing else
     */
    ProbeResult of(Map<String, String> last, GrpcMessage message) {
        String code = last.get("grpc-status");
        if (code == null || !code.matches("\\d{1,4}")) {
            return new Failed(Reason.PROTOCOL, "not gRPC: no grpc-status in the answer");
        }
        if (Integer.parseInt(code) != 0) {
            return refused(Integer.parseInt(code), last.get("grpc-message"));
        }
        try {
            int status = message.servingStatus();
            return status == 1
                    ? SERVING
                    : new Failed(
                            Reason.STATUS,
                            status < STATUSES.size()
                                    ? STATUSES.get(status)
                                    : "serving status " + status + ", unheard of");
        } catch (Unfit e) {
            return e.failure();
        }
    }

    private Failed refused(int code, @Nullable String message) {
        String name = code < CODES.size() ? " " + CODES.get(code) : "";
        String why = switch (code) {
            case UNIMPLEMENTED -> ": the member has no health service";
            case NOT_FOUND ->
                ": the member's health service does not know "
                        + (options.service().isEmpty() ? "the server as a whole" : excerpt.of(options.service()));
            default -> message == null || message.isEmpty() ? "" : ": " + excerpt.of(decoded(message));
        };
        return new Failed(Reason.STATUS, "grpc-status " + code + name + why);
    }

    /** Percent signs stand for bytes of UTF-8, as gRPC over HTTP/2 has it; malformed ones for themselves. */
    private static String decoded(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            decoded[length++] = low < 0 ? bytes[i] : (byte) (high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}
