package io.fairlead.proxy;

import org.jspecify.annotations.Nullable;

/** Reads the Cookie header (RFC 6265, section 4.2). */
final class Cookies {
    private Cookies() {}

    /** The value of the first cookie of this name, as it stands there; null if there is none. */
    static @Nullable String value(String header, String name) {
        int start = 0;
        while (start < header.length()) {
            int end = header.indexOf(';', start);
            end = end < 0 ? header.length() : end;
            String pair = header.substring(start, end).trim();
            if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
                return pair.substring(name.length() + 1);
            }
            start = end + 1;
        }
        return null;
    }
}
