/**
 * Merges once a second what the event loops recorded, and publishes it. A process makes one
 * {@link io.fairlead.stats.sample.Stats} and one {@link io.fairlead.stats.sample.ProcessRecorder}; every layer above may read
 * them. Control context, unless a method says otherwise.
 */
@NullMarked
package io.fairlead.stats.sample;

import org.jspecify.annotations.NullMarked;
