/**
 * Layer 7: {@code fairlead members}: what an operator asks of, or orders for, members of a running Fairlead.
 */
@NullMarked
package io.fairlead.cli.members;

import org.jspecify.annotations.NullMarked;
