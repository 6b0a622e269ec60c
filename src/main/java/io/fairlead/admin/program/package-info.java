/**
 * What the operator's window looks into: the program, as the composition root shows it. Control context only, but where a member
 * says otherwise.
 */
@NullMarked
package io.fairlead.admin.program;

import org.jspecify.annotations.NullMarked;
