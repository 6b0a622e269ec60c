/**
 * Layer 2: what happened. Each event loop records on its own; once a second the control context merges all recordings
 * into one immutable {@link io.fairlead.stats.StatsSnapshot}. The only user of HdrHistogram.
 */
@NullMarked
package io.fairlead.stats;

import org.jspecify.annotations.NullMarked;
