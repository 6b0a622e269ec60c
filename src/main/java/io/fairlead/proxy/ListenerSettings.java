package io.fairlead.proxy;

import io.fairlead.settings.Cidr;
import io.fairlead.settings.Default;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Range;
import io.fairlead.settings.Size;
import java.time.Duration;
import java.util.List;

/**
 * A bound address: an element of {@code [[listeners]]}.
 *
 * @param name what logs, metrics and the status page call it
 * @param address where it listens
 * @param trustedProxies whose X-Forwarded-* and Forwarded headers are believed
 * @param headerTimeout from the first byte of a request's head, or from connecting, to the head's end; else 408
 * @param idleTimeout a connection without a request is closed after this
 * @param maxHeaderSize request line and headers together; 1 KiB to 1 MiB; over it 431 or 414
 * @param maxBodySize of a request; 0: no limit; over it 413
 */
public record ListenerSettings(
        @Default("http") String name,
        @Default("0.0.0.0:8080") ListenAddress address,
        @Default("") List<Cidr> trustedProxies,
        @Default("10s") Duration headerTimeout,
        @Default("75s") Duration idleTimeout,
        @Default("16KiB") Size maxHeaderSize,
        @Default("0") Size maxBodySize) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    public ListenerSettings {
        Range.atLeast("header_timeout", headerTimeout, SHORTEST);
        Range.atLeast("idle_timeout", idleTimeout, SHORTEST);
        if (maxHeaderSize.bytes() < 1 << 10 || maxHeaderSize.bytes() > 1 << 20) {
            throw new IllegalArgumentException("max_header_size: " + maxHeaderSize + " (expected: 1KiB to 1MiB)");
        }
        trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * Whether a listener that goes by these can go by others as it is: they differ in time-outs, limit of bodies and trusted proxies
     * at most. Otherwise another one has to be bound in its place.
     */
    public boolean isLive(ListenerSettings next) {
        return name.equals(next.name) && address.equals(next.address) && maxHeaderSize.equals(next.maxHeaderSize);
    }
}
