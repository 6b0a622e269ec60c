package io.fairlead.pool;

import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import io.fairlead.settings.Secret;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Sessions that stay at the member where they began, by a cookie: {@code [pools.X.sticky]}.
 *
 * @param cookie its name, a token (RFC 6265, section 4.1.1)
 * @param secret what the cookie is signed with; the same on all instances that share sessions. Empty: a key of this machine,
 *     which outlives restarts
 * @param maxAge how long the client keeps it, in whole seconds; zero: until the browser closes
 */
public record StickySettings(
        @Default("fairlead") String cookie,
        @Default("") Secret secret,
        @Default("0s") Duration maxAge) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    public StickySettings {
        if (!TOKEN.matcher(cookie).matches()) {
            throw new IllegalArgumentException(
                    "cookie: \"" + cookie + "\" (expected: a cookie's name, such as \"fairlead\")");
        }
        Range.atLeast("max_age", maxAge, Duration.ZERO);
        if (maxAge.toNanosPart() != 0) {
            throw new IllegalArgumentException("max_age: " + maxAge.toMillis() + "ms (expected: whole seconds)");
        }
    }
}
