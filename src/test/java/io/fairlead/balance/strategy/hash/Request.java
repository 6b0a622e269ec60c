package io.fairlead.balance.strategy.hash;

import io.fairlead.balance.RequestKey;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request of which this is known; header names in any case. */
record Request(String clientIp, String host, String uri, Map<String, String> headers) implements RequestKey {
    Request {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    static Request ofClient(String ip) {
        return new Request(ip, "shop.example", "/", Map.of());
    }

    static Request to(String uri) {
        return new Request("10.0.0.1", "shop.example", uri, Map.of());
    }

    static Request with(String header, String value) {
        return new Request("10.0.0.1", "shop.example", "/", Map.of(header, value));
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
