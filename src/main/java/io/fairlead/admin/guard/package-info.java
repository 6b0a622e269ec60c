/**
 * Who may look through the operator's window and who may change something, and what is said to all others. For
 * {@code io.fairlead.admin}; on the context that serves.
 */
@NullMarked
package io.fairlead.admin.guard;

import org.jspecify.annotations.NullMarked;
