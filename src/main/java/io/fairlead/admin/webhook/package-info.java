/**
 * Layer 5: tells somebody else of events: {@code [events] webhook}. From event to answer it goes
 * {@link io.fairlead.admin.webhook.Webhook} → flap guard → outbox → receiver. Control context only.
 */
@NullMarked
package io.fairlead.admin.webhook;

import org.jspecify.annotations.NullMarked;
