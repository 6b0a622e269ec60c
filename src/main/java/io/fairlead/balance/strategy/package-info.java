/**
 * The strategies that come with Fairlead, found by name exactly as a plug-in's are. One idea per file.
 */
@NullMarked
package io.fairlead.balance.strategy;

import org.jspecify.annotations.NullMarked;
