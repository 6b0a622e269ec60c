package io.fairlead.health.probe;

import io.fairlead.settings.Secret;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the headers and the host of a probe may be, so that they cannot break its request. */
final class ProbeHeaders {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:\\[\\]-]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    private ProbeHeaders() {}

    /**
     * Refuses what is no header, or is one of those, in lower case, that are not for the user to set. Values are not in the
     * message: they may be secrets.
     *
     * @throws IllegalArgumentException with the key {@code headers}
     */
    static void check(Map<String, Secret> headers, Set<String> reserved) {
        headers.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("headers: \"" + name + "\" (expected: a header's name)");
            }
            if (reserved.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("headers: " + name + " (expected: none that the probe sets itself"
                        + (name.equalsIgnoreCase("host") ? "; use the key host)" : ")"));
            }
            if (!VALUE.matcher(value.value()).matches()) {
                throw new IllegalArgumentException(
                        "headers: the value of " + name + " (expected: visible ASCII, spaces and tabs)");
            }
        });
    }

    /** As they are sent. */
    static Map<String, String> inClear(Map<String, Secret> headers) {
        Map<String, String> clear = new LinkedHashMap<>();
        headers.forEach((name, value) -> clear.put(name, value.value()));
        return clear;
    }

    /**
     * Refuses what is no host.
     *
     * @throws IllegalArgumentException with the key {@code host}
     */
    static void checkHost(String host) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "host: \"" + host + "\" (expected: a host name, with or without a port)");
        }
    }
}
