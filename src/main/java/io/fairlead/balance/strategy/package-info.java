/**
 * The strategies that come with Fairlead, found by name exactly as a plug-in's are: by turns, by load, by latency, by chance, and in
 * {@code hash} by a key. One idea per file.
 */
@NullMarked
package io.fairlead.balance.strategy;

import org.jspecify.annotations.NullMarked;
