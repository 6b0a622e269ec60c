/**
 * Layer 2: what probes and live traffic say of a pool's members, put together. Control context only.
 */
@NullMarked
package io.fairlead.health.monitor;

import org.jspecify.annotations.NullMarked;
