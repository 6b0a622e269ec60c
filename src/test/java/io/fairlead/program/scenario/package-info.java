/**
 * What befalls a pool in real life, acted out before the packaged Fairlead: members that are killed, frozen, restarted or that
 * refuse to work, under a load that does not wait for answers. A scenario tells what was seen; the tests beside it judge by counts
 * and states, and {@link io.fairlead.program.scenario.HealthNumbers} by the clock as well. Only the tests know JUnit.
 */
@NullMarked
package io.fairlead.program.scenario;

import org.jspecify.annotations.NullMarked;
