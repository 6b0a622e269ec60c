/**
 * Layer 5: the operator's window: status page, API, health endpoints. Reads snapshots; runs on the control context.
 * The composition root implements {@link io.fairlead.admin.program.Program}, makes one {@link io.fairlead.admin.StatusBoard} and
 * one {@link io.fairlead.admin.AdminServer}, and publishes once a second.
 */
@NullMarked
package io.fairlead.admin;

import org.jspecify.annotations.NullMarked;
