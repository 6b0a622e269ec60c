/**
 * What all requests and answers of the operator's window have in common: who may look and who may change something, what may be done
 * at a path, and how an error is told. For {@code io.fairlead.admin} and the packages below it; on the context that serves.
 */
@NullMarked
package io.fairlead.admin.http;

import org.jspecify.annotations.NullMarked;
