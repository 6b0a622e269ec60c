package io.fairlead.health.probe;

import io.fairlead.settings.Default;
import io.fairlead.settings.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code type = "grpc"} asks: keys of {@code [pools.X.health]}.
 *
 * @param service which of the member's services; empty: the whole server
 * @param host the authority; empty: the member's address as configured
 * @param headers sent with every probe; those that gRPC sets are not for the user to set
 * @param port where the probe connects; 0: the member's own
 * @param reuseConnection whether one connection per member is kept between probes
 */
public record GrpcProbeOptions(
        @Default("") String service,
        @Default("") String host,
        @Default("") Map<String, Secret> headers,
        @Default("0") int port,
        @Default("false") boolean reuseConnection) {
    private static final int LONGEST_SERVICE = 1024;
    private static final Set<String> RESERVED = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "keep-alive",
            "proxy-connection",
            "upgrade",
            "te",
            "expect",
            "grpc-timeout",
            "grpc-encoding");

    public GrpcProbeOptions {
        Map<String, Secret> lowerCase = new LinkedHashMap<>();
        if (service.length() > LONGEST_SERVICE) {
            throw new IllegalArgumentException(
                    "service: " + service.length() + " characters (expected: " + LONGEST_SERVICE + " at most)");
        }
        ProbeHeaders.checkHost(host);
        ProbeHeaders.check(headers, RESERVED);
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value)); // as HTTP/2 has them
        TcpProbeOptions.checkPort(port);
        headers = Collections.unmodifiableMap(lowerCase);
    }
}
