package io.fairlead.proxy;

import java.util.Locale;

/** The forms of a request target (RFC 9112, section 3.2): the parts, byte for byte as they came. */
final class Target {
    private Target() {}

    /** Whether it is an http or https URI. */
    static boolean isAbsolute(String uri) {
        return uri.regionMatches(true, 0, "http://", 0, 7) || uri.regionMatches(true, 0, "https://", 0, 8);
    }

    /** Host and port of an absolute target. */
    static String authority(String uri) {
        int start = uri.indexOf("//") + 2;
        return uri.substring(start, end(uri, start));
    }

    /** Path and query of a target; {@code "/"} where an absolute one has no path. */
    static String pathAndQuery(String uri) {
        if (!isAbsolute(uri)) {
            return uri;
        }
        String rest = uri.substring(end(uri, uri.indexOf("//") + 2));
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /** A path and query without the query. */
    static String path(String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        return question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
    }

    /** A host and port without the port, in lower case. */
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        return host.toLowerCase(Locale.ROOT);
    }

    private static int end(String uri, int start) {
        for (int i = start; i < uri.length(); i++) {
            if (uri.charAt(i) == '/' || uri.charAt(i) == '?') {
                return i;
            }
        }
        return uri.length();
    }
}
