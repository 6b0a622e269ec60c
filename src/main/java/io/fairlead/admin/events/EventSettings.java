package io.fairlead.admin.events;

import io.fairlead.settings.Default;
import io.fairlead.settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Who else is told of events: {@code [events]}.
 *
 * @param webhook where each transition is sent as JSON, a URL of http or https; empty: nowhere. Such addresses tend to carry a
 *     key, so it is a secret as a whole
 */
public record EventSettings(@Default("") Secret webhook) {
    public EventSettings {
        if (webhook.isSet() && !isUsable(webhook.value())) {
            throw new IllegalArgumentException(
                    "webhook: " + webhook
                            + " (expected: a URL of http or https with a host, such as \"https://hooks.example/T0/B1\", without user or fragment)");
        }
    }

    private static boolean isUsable(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            return (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
