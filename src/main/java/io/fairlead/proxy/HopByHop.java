package io.fairlead.proxy;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies the headers that are meant for the other end, and leaves out those that are meant for this hop only (RFC 9110,
 * section 7.6.1): the known ones, and those that {@code Connection} names.
 */
final class HopByHop {
    private HopByHop() {}

    /** Copies a request's headers, without those that {@link Forwarding} sets anew. */
    static void copyRequest(MultiMap from, MultiMap to) {
        List<String> named = namedByConnection(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey();
            if (isForMembers(name) && !contains(named, name)) {
                to.add(name, header.getValue());
            }
        }
    }

    /** Copies a response's headers. */
    static void copyResponse(MultiMap from, MultiMap to) {
        List<String> named = namedByConnection(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey();
            if (!isHopByHop(name) && !contains(named, name)) {
                to.add(name, header.getValue());
            }
        }
    }

    /** Whether a client's header or trailer of this name may reach a member as it is. */
    static boolean isForMembers(String name) {
        return !isHopByHop(name) && !Forwarding.isOwn(name) && name.indexOf('_') < 0;
    }

    private static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }

    /** Whether {@code Connection} names this option or header. */
    static boolean isNamedByConnection(MultiMap headers, String token) {
        return contains(namedByConnection(headers), token);
    }

    /** What Connection names, but for options and for what frames the message or says whom it is for. */
    private static List<String> namedByConnection(MultiMap headers) {
        List<String> named = List.of();
        for (String value : headers.getAll("Connection")) {
            if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) {
                continue;
            }
            for (String token : value.split(",", -1)) {
                String name = token.trim();
                if (!name.isEmpty() && !name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Host")) {
                    named = named.isEmpty() ? new ArrayList<>() : named;
                    named.add(name);
                }
            }
        }
        return named;
    }

    private static boolean contains(List<String> names, String name) {
        for (String one : names) {
            if (one.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
