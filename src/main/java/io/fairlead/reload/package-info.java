/**
 * Layer 7: how a configuration comes into force: it is read, the difference to what is in force is foretold, and applied as one
 * change or not at all; what is on trial goes back. Control context only; what takes time is done on a worker.
 */
@NullMarked
package io.fairlead.reload;

import org.jspecify.annotations.NullMarked;
