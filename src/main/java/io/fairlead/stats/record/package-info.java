/**
 * The hot path of the statistics: recorders that one event loop writes, without locks and without garbage, and that the
 * sampler reads. A request costs some 100 ns in all of them together. For the data plane and for {@code stats.sample}.
 */
@NullMarked
package io.fairlead.stats.record;

import org.jspecify.annotations.NullMarked;
