/**
 * Layer 7: keeps pools told of their members: where their names lead, and what probes and live traffic say. Control context only.
 */
@NullMarked
package io.fairlead.watch;

import org.jspecify.annotations.NullMarked;
