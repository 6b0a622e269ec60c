package io.fairlead.health;

import io.fairlead.settings.Provider;
import io.vertx.core.Vertx;

/**
 * Makes the probe that goes by {@link #name()} in {@code type = "..."} of a pool's health table; found by ServiceLoader.
 *
 * @param <O> its options: keys of the health table
 */
public interface ProbeProvider<O extends Record> extends Provider<O> {
    /** A probe for one pool. Control context only. */
    Probe create(O options, Vertx vertx);
}
