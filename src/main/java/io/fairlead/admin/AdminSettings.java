package io.fairlead.admin;

import io.fairlead.settings.Default;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;

/**
 * The operator's window: {@code [admin]}.
 *
 * @param address where status page, API and health endpoints are served
 * @param token what a change must carry as a bearer token, of ASCII on one line; empty: changes are accepted from loopback only
 * @param watch whether the configuration is taken anew when the content of a file that it came from changes
 */
public record AdminSettings(
        @Default("127.0.0.1:9090") ListenAddress address,
        @Default("") Secret token,
        @Default("false") boolean watch) {
    public AdminSettings {
        if (!isPossible(token)) {
            throw new IllegalArgumentException(
                    "token: has characters that no header can have (expected: ASCII on one line, without a space at its ends)");
        }
    }

    /** Whether a header can have it, so that somebody could prove to know it. */
    public static boolean isPossible(Secret token) {
        return token.value().equals(token.value().strip())
                && token.value().chars().allMatch(character -> character >= ' ' && character < '\u007f');
    }

    /** Whether the window itself is the same. */
    public boolean opensLike(AdminSettings other) {
        return address.equals(other.address) && token.equals(other.token);
    }

    /** The same elsewhere. */
    public AdminSettings at(ListenAddress other) {
        return new AdminSettings(other, token, watch);
    }
}
