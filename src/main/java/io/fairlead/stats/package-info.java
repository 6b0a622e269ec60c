/**
 * Layer 2: what happened. Each event loop records on its own; once a second the control context merges all recordings
 * into one immutable {@link io.fairlead.stats.StatsSnapshot}. The only user of HdrHistogram. A process makes one
 * {@link io.fairlead.stats.Stats} and one {@link io.fairlead.stats.ProcessRecorder}; every layer above may read them.
 */
@NullMarked
package io.fairlead.stats;

import org.jspecify.annotations.NullMarked;
