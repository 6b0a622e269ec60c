/**
 * Layer 2: what live traffic says of members. Evidence is gathered on event loops; who is an outlier, and for how long it is
 * ejected, is decided on the control context.
 */
@NullMarked
package io.fairlead.health.outlier;

import org.jspecify.annotations.NullMarked;
