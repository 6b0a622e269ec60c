package io.fairlead.proxy;

import io.fairlead.proxy.log.AccessLog;
import io.fairlead.route.RouteTable;
import io.fairlead.stats.sample.Stats;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all listeners share. Any event loop.
 *
 * @param routes the routes as they are now; read once per request
 * @param stats where what happens is recorded
 * @param ticker nanoseconds from an arbitrary origin
 * @param lag told by how many nanoseconds an event loop was late
 * @param accessLog a line for each request, as it is now; empty: none; asked once per request
 */
public record DataPlane(
        Supplier<RouteTable> routes,
        Stats stats,
        LongSupplier ticker,
        LongConsumer lag,
        Supplier<Optional<AccessLog>> accessLog) {}
