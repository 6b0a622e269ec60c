/**
 * Layer 5: the operator's window: status page, API, health endpoints. Reads snapshots; runs on the control context.
 */
@NullMarked
package io.fairlead.admin;

import org.jspecify.annotations.NullMarked;
