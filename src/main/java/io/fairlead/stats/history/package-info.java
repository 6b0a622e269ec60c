/**
 * The past of each member in compressed form, within a fixed bound of memory. For {@code stats.sample}; control context only,
 * but what it hands out is immutable.
 */
@NullMarked
package io.fairlead.stats.history;

import org.jspecify.annotations.NullMarked;
