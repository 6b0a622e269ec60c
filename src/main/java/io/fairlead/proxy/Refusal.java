package io.fairlead.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Fairlead's own: an RFC 9457 problem, or a small page for those who prefer HTML.
 *
 * @param status of the answer
 * @param why the word
 * @param detail what happened, for people; never a secret, never an address of a member
 */
record Refusal(int status, Why why, String detail) {
    /** The body is over the listener's limit. */
    static final Refusal BODY_TOO_LONG = new Refusal(Why.TOO_LARGE, "The request's body is over the limit.");

    private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](?:\\.\\d{0,3})?)");

    Refusal(Why why, String detail) {
        this(why.status(), why, detail);
    }

    /** A malformed request. */
    static Refusal malformed(String detail) {
        return new Refusal(Why.MALFORMED, detail);
    }

    /** Writes the whole answer except for its end. The connection's fate is the caller's business. */
    String write(HttpServerRequest request, String requestId) {
        HttpServerResponse response = request.response();
        response.headers().clear();
        response.setStatusCode(status).setStatusMessage(title()); // a member's may stand there
        response.headers().set("X-Request-Id", requestId).set("Cache-Control", "no-store");
        if (status == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            response.headers().set("Retry-After", "1");
        }
        boolean html = prefersHtml(request.getHeader("Accept"));
        response.headers().set("Content-Type", html ? "text/html; charset=utf-8" : "application/problem+json");
        String body = html ? html(requestId) : json(requestId);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.headers().set("Content-Length", Integer.toString(body.length()));
            return "";
        }
        return body;
    }

    /** All of the answer as it stands on the wire, for a connection that has no request to answer; it has to be closed. */
    String raw(String requestId) {
        String body = json(requestId);
        return "HTTP/1.1 " + status + " " + title() + "\r\nConnection: close\r\nX-Request-Id: " + requestId
                + "\r\nContent-Type: application/problem+json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String title() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    private String json(String requestId) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title())
                .put("status", status)
                .put("detail", detail)
                .put("why", why.word())
                .put("request_id", requestId)
                .encode();
    }

    private String html(String requestId) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + status + " " + title()
                + "</title><h1>" + status + " " + title() + "</h1><p>" + escape(detail) + " <code>" + why.word()
                + "</code></p><p>Request <code>" + escape(requestId) + "</code></p></html>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** Whether a page is wanted more than JSON, or as much and first: browsers name it, programs leave it out. */
    private static boolean prefersHtml(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        double html = 0;
        double json = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            Matcher quality = QUALITY.matcher(range);
            double wanted = quality.find() ? Double.parseDouble(quality.group(1)) : 1;
            if (range.trim().startsWith("text/html") && wanted > json) {
                html = Math.max(html, wanted);
            } else if (range.contains("json")) {
                json = Math.max(json, wanted);
            }
        }
        return html > json || (html > 0 && html == json);
    }
}
