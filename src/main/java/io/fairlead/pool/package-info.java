/**
 * Layer 3: where members, strategy and health meet. The control context writes, event loops read one volatile snapshot.
 */
@NullMarked
package io.fairlead.pool;

import org.jspecify.annotations.NullMarked;
