package io.fairlead.health.probe;

import io.fairlead.settings.Default;

/**
 * What {@code type = "tcp"} does: keys of {@code [pools.X.health]}.
 *
 * @param port where the probe connects; 0: the member's own
 */
public record TcpProbeOptions(@Default("0") int port) {
    public TcpProbeOptions {
        checkPort(port);
    }

    static void checkPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }
}
