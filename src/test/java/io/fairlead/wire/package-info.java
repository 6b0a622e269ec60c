/**
 * Conversations on the wire: raw sockets on both sides of a running Fairlead, so that each byte of a test is written or
 * read on purpose. The kit is {@link io.fairlead.wire.FairleadFixture} with {@link io.fairlead.wire.RawClient} in front of
 * Fairlead and {@link io.fairlead.wire.RawServer} behind it; each {@code *IT} class holds the conversations of one rule of
 * the data plane.
 */
@NullMarked
package io.fairlead.wire;

import org.jspecify.annotations.NullMarked;
