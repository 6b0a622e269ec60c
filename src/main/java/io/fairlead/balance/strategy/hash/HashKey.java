package io.fairlead.balance.strategy.hash;

import io.fairlead.balance.Pairs;
import io.fairlead.balance.RequestKey;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a request decides where it goes; written {@code "client-ip"}, {@code "path"}, {@code "uri"} (path and query),
 * {@code "host"}, {@code "header:NAME"}, {@code "cookie:NAME"} or {@code "query:NAME"}.
 *
 * <p>It is hashed where it stands: nothing is cut out, decoded or allocated. A cookie's quotes belong to its value, the names of
 * cookies and query parameters are compared as {@link Pairs} says, and an empty value counts as absent.
 *
 * @param kind where in the request it stands
 * @param name of the header, cookie or query parameter; empty for the other kinds
 */
public record HashKey(Kind kind, String name) {
    /** Where in a request the key stands. */
    public enum Kind {
        /** The client's address, as far as trusted proxies tell it. */
        CLIENT_IP("client-ip"),
        /** The path, without the query. */
        PATH("path"),
        /** Path and query. */
        URI("uri"),
        /** The host asked for, without the port. */
        HOST("host"),
        /** The first value of a header. */
        HEADER("header:"),
        /** The value of a cookie. */
        COOKIE("cookie:"),
        /** The value of a parameter in the query. */
        QUERY("query:");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        private boolean isNamed() {
            return text.endsWith(":");
        }
    }

    /** What {@link #hash} gives where a request has no such key. */
    static final long ABSENT = 0;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern PARAMETER = Pattern.compile("[^&=#\\s]+");

    public HashKey {
        Pattern names = kind == Kind.QUERY ? PARAMETER : TOKEN;
        if (kind.isNamed() ? !names.matcher(name).matches() : !name.isEmpty()) {
            throw new IllegalArgumentException("\"" + kind.text + name + "\" (expected: " + kind.text
                    + (kind.isNamed() ? "NAME, without spaces and separators)" : ")"));
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none of the kinds, or a name is missing or has characters that names have not
     */
    public static HashKey parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.isNamed() ? text.startsWith(kind.text) : text.equals(kind.text)) {
                return new HashKey(kind, text.substring(kind.text.length()));
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" (expected: client-ip, path, uri, host, header:NAME, cookie:NAME or query:NAME)");
    }

    /** The hash of the request's key, all 64 bits of it good; {@link #ABSENT} if there is none. Any event loop. */
    long hash(RequestKey request) {
        return switch (kind) {
            case CLIENT_IP -> whole(request.clientIp());
            case HOST -> whole(request.host());
            case URI -> whole(request.uri());
            case PATH -> path(request.uri());
            case HEADER -> whole(request.header(name));
            case COOKIE -> cookie(request.header("Cookie"));
            case QUERY -> query(request.uri());
        };
    }

    private static long whole(@Nullable String text) {
        return text == null ? ABSENT : part(text, 0, text.length());
    }

    private static long path(String uri) {
        int question = uri.indexOf('?');
        return part(uri, 0, question < 0 ? uri.length() : question);
    }

    private long query(String uri) {
        int question = uri.indexOf('?');
        int fragment = question < 0 ? -1 : uri.indexOf('#', question);
        return question < 0 ? ABSENT : pair(uri, question + 1, fragment < 0 ? uri.length() : fragment, '&');
    }

    private long cookie(@Nullable String cookies) {
        return cookies == null ? ABSENT : pair(cookies, 0, cookies.length(), ';');
    }

    private long pair(String text, int from, int end, char separator) {
        int value = Pairs.find(text, from, end, separator, name);
        return value < 0 ? ABSENT : part(text, value, Pairs.end(text, value, end, separator));
    }

    private static long part(String text, int from, int to) {
        if (from == to) {
            return ABSENT;
        }
        long hash = Hash64.of(text, from, to);
        return hash == ABSENT ? 1 : hash;
    }

    @Override
    public String toString() {
        return kind.text + name;
    }
}
