/** Layer 7: how the command line writes: plain text whoever sent it, tables, colours. Any thread. */
@NullMarked
package io.fairlead.cli.text;

import org.jspecify.annotations.NullMarked;
