/**
 * The commands of the program; each maps arguments to calls and outcomes to exit codes.
 */
@NullMarked
package io.fairlead.cli;

import org.jspecify.annotations.NullMarked;
