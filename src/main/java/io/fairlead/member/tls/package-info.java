/**
 * Layer 1: TLS towards members. The settings, what they amount to in the terms of JSSE, and words for what goes wrong. Plain
 * Java; every layer above may use it, on any thread.
 */
@NullMarked
package io.fairlead.member.tls;

import org.jspecify.annotations.NullMarked;
