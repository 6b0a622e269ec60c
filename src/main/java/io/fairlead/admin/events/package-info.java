/**
 * What happened to the balancer as a whole: one list of events, the newest thousand kept. Pools report to
 * {@link io.fairlead.admin.events.PoolEvents}; the log, the API and the webhook read. Control context only.
 */
@NullMarked
package io.fairlead.admin.events;

import org.jspecify.annotations.NullMarked;
