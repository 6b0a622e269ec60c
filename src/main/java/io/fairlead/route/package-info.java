/**
 * Layer 4: which pool gets a request. Immutable tables, read on any event loop.
 */
@NullMarked
package io.fairlead.route;

import org.jspecify.annotations.NullMarked;
