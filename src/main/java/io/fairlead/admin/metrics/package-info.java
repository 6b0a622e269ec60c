/**
 * What Prometheus is told: the families of metrics and their text. All values are those of the one snapshot that the status page
 * shows, or counted where things happen on the control context; nothing is counted twice, and nothing for metrics on the way of a
 * request. Labels are names from the configuration or words from fixed lists. For {@code io.fairlead.admin}.
 */
@NullMarked
package io.fairlead.admin.metrics;

import org.jspecify.annotations.NullMarked;
