/**
 * Layer 1: the app instance that everyone talks about, the right to send it one request, and how that ended.
 * Plain Java; every layer above may use it. Who may write a field is said at the field.
 */
@NullMarked
package io.fairlead.member;

import org.jspecify.annotations.NullMarked;
