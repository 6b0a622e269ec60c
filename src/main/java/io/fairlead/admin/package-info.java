/**
 * Layer 5: the operator's window: status page, API, metrics, health endpoints, events. Reads snapshots; runs on the control context,
 * and leaves to workers what takes long to write. Below it: {@code program}, what it looks into; {@code http}, what all requests have in
 * common; {@code document}, {@code latency} and {@code metrics}, what is told; {@code events} and {@code webhook}, what happened.
 * The composition root implements {@link io.fairlead.admin.program.Program}, makes one {@link io.fairlead.admin.StatusBoard} and
 * one {@link io.fairlead.admin.AdminServer}, and publishes once a second.
 */
@NullMarked
package io.fairlead.admin;

import org.jspecify.annotations.NullMarked;
