/**
 * Layer 7: the program. {@link io.fairlead.LoadBalancer} is the composition root; it starts the layers from the bottom up and
 * stops them from the top down.
 *
 * <p>Three places where code runs: event loops carry exchanges, each confined to the loop of its connection; the control
 * context, one Vert.x context, carries health, orders and all writes to pools, serially and so without locks; snapshots are
 * immutable, published by one volatile write, and read by all. Each field and method that is not plainly one of these says
 * whose it is.
 */
@NullMarked
package io.fairlead;

import org.jspecify.annotations.NullMarked;
