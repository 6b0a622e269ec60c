/**
 * How long members took, told in full: percentiles, distributions, histories and histogram logs. All of it is read off histograms
 * that {@code io.fairlead.stats} kept; percentiles are never averaged. For {@code io.fairlead.admin}. What may be large is rendered on
 * a worker, so a class says which thread it is for.
 */
@NullMarked
package io.fairlead.admin.latency;

import org.jspecify.annotations.NullMarked;
