/** Layer 7: {@code fairlead status}: the members of a running Fairlead in the terminal, once or as they change. */
@NullMarked
package io.fairlead.cli.status;

import org.jspecify.annotations.NullMarked;
