package io.fairlead.health.probe;

import io.fairlead.settings.Default;
import io.fairlead.settings.Secret;
import io.fairlead.settings.StatusRange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code type = "http"} asks, and which answers it takes for a pass: keys of {@code [pools.X.health]}.
 *
 * @param path what is asked for, with any query; starts with a slash
 * @param method in upper case; not CONNECT
 * @param host the Host header; empty: the member's address as configured
 * @param headers sent with every probe; those that frame a message or name its host are not for the user to set
 * @param expectStatus the statuses that pass; at least one range
 * @param expectBody what the first 64 KiB of the body must contain
 * @param port where the probe connects; 0: the member's own
 * @param reuseConnection whether one connection per member is kept between probes; then a listener that refuses is noticed
 *     only when that one ends
 */
public record HttpProbeOptions(
        @Default("/health") String path,
        @Default("GET") String method,
        @Default("") String host,
        @Default("") Map<String, Secret> headers,
        @Default("200-299") List<StatusRange> expectStatus,
        @Default("") ExpectedBody expectBody,
        @Default("0") int port,
        @Default("false") boolean reuseConnection) {
    private static final Pattern PATH = Pattern.compile("/[\\x21\\x22\\x24-\\x7e]*");
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Set<String> RESERVED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "expect");

    public HttpProbeOptions {
        require(PATH.matcher(path).matches(), "path", path, "to start with a slash, without spaces or a fragment");
        require(
                METHOD.matcher(method).matches() && !method.equals("CONNECT"),
                "method",
                method,
                "a method such as \"GET\" or \"HEAD\", not CONNECT");
        ProbeHeaders.checkHost(host);
        ProbeHeaders.check(headers, RESERVED);
        if (expectStatus.isEmpty()) {
            throw new IllegalArgumentException("expect_status: empty (expected: at least one, such as \"200-299\")");
        }
        TcpProbeOptions.checkPort(port);
        if (expectBody.isSet() && method.equals("HEAD")) {
            throw new IllegalArgumentException(
                    "expect_body: \"" + expectBody + "\" (expected: none, because the answer to HEAD has no body)");
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        expectStatus = List.copyOf(expectStatus);
    }

    /** Whether an answer with this status is a pass. */
    boolean expects(int status) {
        return expectStatus.stream().anyMatch(range -> range.contains(status));
    }

    /** The expected statuses as they are written. */
    String expected() {
        return expectStatus.stream().map(StatusRange::toString).collect(Collectors.joining(", "));
    }

    private static void require(boolean valid, String key, String value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException(key + ": \"" + value + "\" (expected: " + rule + ")");
        }
    }
}
