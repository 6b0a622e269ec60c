package io.fairlead.admin.program;

import io.fairlead.settings.ListenAddress;

/**
 * A listener of the data plane.
 *
 * @param name as configured; statistics go by it
 * @param address with the port that was really bound
 */
public record BoundListener(String name, ListenAddress address) {}
