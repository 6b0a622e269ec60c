/**
 * Strategies under a virtual clock: modelled members, modelled clients, and the very strategy that runs in production in
 * between. A second of traffic takes milliseconds, and a seed tells a run completely.
 *
 * <p>{@link io.fairlead.balance.simulation.Simulation} is the clock and the pool, {@link
 * io.fairlead.balance.simulation.Arrivals} are the clients, {@link io.fairlead.balance.simulation.Service} is a member, {@link
 * io.fairlead.balance.simulation.Results} is what came of it. One thread; times are nanoseconds.
 */
@NullMarked
package io.fairlead.balance.simulation;

import org.jspecify.annotations.NullMarked;
