/** The program as its users meet it: a jar that is started, asked, signalled; before servers that Fairlead did not write. */
@NullMarked
package io.fairlead.program;

import org.jspecify.annotations.NullMarked;
