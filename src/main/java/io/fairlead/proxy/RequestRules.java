package io.fairlead.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request has to be before anything is done for it (RFC 9110 and 9112). Refuses rather than repairs: what is
 * forwarded is what was validated. Netty's decoder has refused some of it already; it is said again here, because a member
 * must not depend on a decoder's version.
 */
final class RequestRules {
    private static final Pattern CONTENT_LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(?::(\\d{1,5})?)?");

    private RequestRules() {}

    /** What is wrong with the request's head; null if nothing is. */
    static @Nullable Refusal check(HttpServerRequest request) {
        Refusal refusal = checkLine(request);
        if (refusal == null) {
            refusal = checkHost(request);
        }
        if (refusal == null) {
            refusal = checkFraming(request);
        }
        return refusal != null ? refusal : checkFields(request.headers());
    }

    private static @Nullable Refusal checkLine(HttpServerRequest request) {
        if (request.version() == null) {
            return new Refusal(505, Why.MALFORMED, "The HTTP version is not supported.");
        }
        if (request.method().equals(HttpMethod.CONNECT)) {
            return Refusal.malformed("CONNECT is not supported.");
        }
        if (!isToken(request.method().name())) {
            return Refusal.malformed("The method is not a token.");
        }
        String uri = request.uri();
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\') {
                return Refusal.malformed("The request target has a character that it must not have.");
            }
        }
        boolean known = uri.startsWith("/")
                || (uri.equals("*") && request.method().equals(HttpMethod.OPTIONS))
                || Target.isAbsolute(uri);
        return known ? null : Refusal.malformed("The request target is neither a path nor an http URI.");
    }

    private static @Nullable Refusal checkHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        if (hosts.isEmpty()) {
            return request.version() == HttpVersion.HTTP_1_0 ? null : Refusal.malformed("There is no Host header.");
        }
        if (hosts.size() > 1) {
            return Refusal.malformed("There is more than one Host header.");
        }
        if (!isHost(hosts.get(0))) {
            return Refusal.malformed("The Host header is not a host and a port.");
        }
        String uri = request.uri();
        if (Target.isAbsolute(uri)) {
            String authority = Target.authority(uri);
            if (!isHost(authority) || !authority.equalsIgnoreCase(hosts.get(0))) {
                return Refusal.malformed("The request target and the Host header differ.");
            }
        }
        return null;
    }

    private static boolean isHost(String host) {
        var matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        String port = matcher.group(1);
        return port == null || Integer.parseInt(port) <= 65_535;
    }

    private static @Nullable Refusal checkFraming(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> lengths = headers.getAll("Content-Length");
        List<String> codings = headers.getAll("Transfer-Encoding");
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
                return Refusal.malformed("The only Transfer-Encoding understood is chunked, once.");
            }
            if (!lengths.isEmpty()) {
                return Refusal.malformed("There are both Content-Length and Transfer-Encoding.");
            }
            if (request.version() == HttpVersion.HTTP_1_0) {
                return Refusal.malformed("HTTP/1.0 has no Transfer-Encoding.");
            }
        }
        if (lengths.size() > 1) {
            return Refusal.malformed("There is more than one Content-Length.");
        }
        if (!lengths.isEmpty() && !CONTENT_LENGTH.matcher(lengths.get(0)).matches()) {
            return Refusal.malformed("The Content-Length is not a number.");
        }
        String expect = headers.get("Expect");
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return new Refusal(417, Why.MALFORMED, "The only expectation understood is 100-continue.");
        }
        return null;
    }

    private static @Nullable Refusal checkFields(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            if (!isToken(header.getKey())) {
                return Refusal.malformed("A header's name is not a token.");
            }
            String value = header.getValue();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if ((c < ' ' && c != '\t') || c == 0x7F) {
                    return Refusal.malformed("A header's value has a control character.");
                }
            }
        }
        return null;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
