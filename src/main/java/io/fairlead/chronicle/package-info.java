/**
 * Layer 7: where events come from and who is told of them: the list, the log, the webhook. Control context only.
 */
@NullMarked
package io.fairlead.chronicle;

import org.jspecify.annotations.NullMarked;
