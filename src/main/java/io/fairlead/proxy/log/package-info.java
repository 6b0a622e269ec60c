/**
 * Layer 5: the access log. Event loops hand records in, one thread of its own makes lines of them and writes. Plain Java; knows
 * nothing of the data plane, which fills the records.
 */
@NullMarked
package io.fairlead.proxy.log;

import org.jspecify.annotations.NullMarked;
