package io.fairlead.admin;

import io.fairlead.settings.Default;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;

/**
 * The operator's window: {@code [admin]}.
 *
 * @param address where status page, API and health endpoints are served
 * @param token what a change must carry as a bearer token; empty: changes are accepted from loopback only
 */
public record AdminSettings(
        @Default("127.0.0.1:9090") ListenAddress address,
        @Default("") Secret token) {
    /** The same elsewhere. */
    public AdminSettings at(ListenAddress other) {
        return new AdminSettings(other, token);
    }
}
