/**
 * Layer 2: what happened. Here is what is published: immutable values for whoever shows statistics, on any thread. Each event
 * loop records on its own ({@code record}); once a second the control context merges all recordings ({@code sample}) into one
 * {@link io.fairlead.stats.StatsSnapshot} and keeps the past in compressed form ({@code history}). Percentiles are never
 * averaged: histograms are added.
 */
@NullMarked
package io.fairlead.stats;

import org.jspecify.annotations.NullMarked;
