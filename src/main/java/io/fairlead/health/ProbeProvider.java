package io.fairlead.health;

import io.fairlead.member.tls.MemberTls;
import io.fairlead.settings.Provider;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes the probe that goes by {@link #name()} in {@code type = "..."} of a pool's health table; found by ServiceLoader.
 *
 * @param <O> its options: keys of the health table
 */
public interface ProbeProvider<O extends Record> extends Provider<O> {
    /** A probe for one pool. Control context only. */
    Probe create(O options, Environment environment);

    /**
     * What a probe works with.
     *
     * @param vertx for connections
     * @param scheduler for time-outs: one that thousands of probes may use
     * @param ticker nanoseconds from an arbitrary origin, never going back
     * @param timeout all the time that one probe may take, connecting included; 1 ms or more. It is known here because
     *     a client's time-out for connecting is fixed when the client is made
     * @param tls how the members are spoken to by TLS; empty: in cleartext
     */
    record Environment(
            Vertx vertx, Scheduler scheduler, LongSupplier ticker, Duration timeout, Optional<MemberTls> tls) {}
}
