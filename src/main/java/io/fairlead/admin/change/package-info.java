/**
 * What an operator may change over HTTP: the configuration, the members of a pool, and what is ordered of one. For
 * {@code io.fairlead.admin}, behind {@link io.fairlead.admin.http.Changes}. Control context only.
 */
@NullMarked
package io.fairlead.admin.change;

import org.jspecify.annotations.NullMarked;
