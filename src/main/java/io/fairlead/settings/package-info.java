/**
 * Layer 0: what settings records are written with: defaults, units, and named implementations with options of their own.
 * Plain Java values; every layer may use them, on any thread.
 */
@NullMarked
package io.fairlead.settings;

import org.jspecify.annotations.NullMarked;
