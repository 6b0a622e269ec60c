/**
 * The probes that come with Fairlead, found by name exactly as a plug-in's are.
 */
@NullMarked
package io.fairlead.health.probe;

import org.jspecify.annotations.NullMarked;
