package io.fairlead.balance;

import io.fairlead.settings.Provider;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Makes the strategy that goes by {@link #name()} in {@code strategy = "..."}; found by ServiceLoader.
 *
 * @param <O> its options: keys of the pool's table
 */
public interface StrategyProvider<O extends Record> extends Provider<O> {
    /** A strategy for one pool. Control context only. */
    BalancingStrategy create(O options, Environment environment);

    /**
     * Where time and chance come from.
     *
     * @param ticker nanoseconds from an arbitrary origin, never going back; any thread
     * @param random safe for use by any thread
     */
    record Environment(LongSupplier ticker, RandomGenerator random) {}
}
