package io.fairlead.proxy;

import io.fairlead.member.Member;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;

/** The head of the request that a member gets: the client's, less what is for Fairlead, with what members are to know. */
final class MemberHead {
    private MemberHead() {}

    /** Writes it; all but what frames the body. */
    static void set(Exchange exchange, Member member, boolean upgrade, HttpClientRequest to) {
        HttpServerRequest request = exchange.request();
        to.setMethod(request.method()).setURI(exchange.key().uri());
        MultiMap headers = to.headers();
        headers.set("Host", host(exchange, member));
        HopByHop.copyRequest(request.headers(), headers);
        Forwarding.apply(request, exchange.client(), headers);
        headers.set("X-Request-Id", exchange.requestId());
        if (upgrade) {
            headers.set("Connection", "upgrade").set("Upgrade", request.getHeader("Upgrade"));
        }
    }

    private static String host(Exchange exchange, Member member) {
        String host = exchange.pool().settings().host();
        String asked = exchange.request().getHeader("Host");
        return switch (host) {
            case "preserve" -> asked == null ? member.address().toString() : asked;
            case "member" -> member.address().toString();
            default -> host;
        };
    }
}
