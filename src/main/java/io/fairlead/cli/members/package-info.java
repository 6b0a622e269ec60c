/**
 * Layer 7: {@code fairlead members}: what an operator asks of, or orders for, one member of a running Fairlead, through its admin
 * address.
 */
@NullMarked
package io.fairlead.cli.members;

import org.jspecify.annotations.NullMarked;
