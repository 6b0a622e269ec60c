package io.fairlead.pool;

import java.security.Key;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What a pool needs from outside.
 *
 * @param clock the time of day, to be shown
 * @param ticker nanoseconds from an arbitrary origin, never going back
 * @param machineKey signs the cookies of sticky sessions where no secret is configured
 * @param later runs a task on the control context, soon: what is observed until then is published at once
 * @param listener told of all changes
 */
public record PoolEnvironment(
        InstantSource clock, LongSupplier ticker, Key machineKey, Executor later, PoolListener listener) {}
