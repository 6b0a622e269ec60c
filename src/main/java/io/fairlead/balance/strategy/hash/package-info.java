/**
 * Choosing by a key: the strategy, what of a request is the key, its hash, and the table that says whose it is.
 */
@NullMarked
package io.fairlead.balance.strategy.hash;

import org.jspecify.annotations.NullMarked;
