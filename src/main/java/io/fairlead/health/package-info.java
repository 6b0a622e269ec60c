/**
 * Layer 2: is a member well? Probes, the score that turns them into up and down, and their schedule.
 * Everything here runs on the control context; the values are immutable and may be read anywhere.
 */
@NullMarked
package io.fairlead.health;

import org.jspecify.annotations.NullMarked;
