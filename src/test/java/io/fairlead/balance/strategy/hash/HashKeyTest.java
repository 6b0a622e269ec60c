package io.fairlead.balance.strategy.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.balance.RequestKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "client-ip",
                "path",
                "uri",
                "host",
                "header:X-Tenant",
                "cookie:session",
                "query:id",
                "query:a[0]",
                "query:ü"
            })
    void readsAndWritesTheSameText(String text) {
        assertThat(HashKey.parse(text)).hasToString(text).isEqualTo(HashKey.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ip", "Path", "client_ip", "header", "cookie", "uri:", "path:x", "host ", "session"})
    void refusesWhatIsNoKey(String text) {
        assertThatThrownBy(() -> HashKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text
                        + "\" (expected: client-ip, path, uri, host, header:NAME, cookie:NAME or query:NAME)");
    }

    @ParameterizedTest
    @CsvSource({
        "header:, header:",
        "header:X Tenant, header:",
        "header:X-Tenant:, header:",
        "cookie:, cookie:",
        "cookie:a=b, cookie:",
        "cookie:a;b, cookie:",
        "query:, query:",
        "query:a&b, query:",
        "query:a=, query:",
        "query:#a, query:"
    })
    void refusesNamesThatCannotBe(String text, String kind) {
        assertThatThrownBy(() -> HashKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" (expected: " + kind + "NAME, without spaces and separators)");
    }

    @Test
    void takesTheWholeOfAddressHostAndUri() {
        Request request = new Request("192.0.2.7", "shop.example", "/cart?id=5", Map.of());
        assertThat(hash("client-ip", request)).isEqualTo(Hash64.of("192.0.2.7"));
        assertThat(hash("host", request)).isEqualTo(Hash64.of("shop.example"));
        assertThat(hash("uri", request)).isEqualTo(Hash64.of("/cart?id=5"));
    }

    @ParameterizedTest
    @CsvSource({"/cart, /cart", "/cart?id=5, /cart", "/cart?, /cart", "/a/b?c?d, /a/b", "/Cart, /Cart"})
    void takesThePathWithoutTheQuery(String uri, String path) {
        assertThat(hash("path", Request.to(uri))).isEqualTo(Hash64.of(path));
    }

    @Test
    void takesHeadersByNamesInAnyCase() {
        assertThat(hash("header:x-tenant", Request.with("X-Tenant", "blue"))).isEqualTo(Hash64.of("blue"));
    }

    @ParameterizedTest
    @CsvSource({
        "'a=1', 1",
        "'a=1; aa=2', 1",
        "'aa=2; a=1', 1",
        "'ba=2; a=1', 1",
        "'A=2; a=1', 1",
        "'b=a=2; a=1', 1",
        "'a; a=1', 1",
        "'b=2;a=1', 1",
        "'b=2; \ta=1 ;c=3', 1",
        "'a=1; a=2', 1",
        "'; ;; a=1', 1",
        "'a=\"1 2\"', \"1 2\"",
        "'a=1=2; b', 1=2"
    })
    void takesTheFirstCookieOfTheName(String cookies, String value) {
        assertThat(hash("cookie:a", Request.with("cookie", cookies))).isEqualTo(Hash64.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a=", "a= ", "a=;b=1", "b=1", "aa=1", "A=1", "b=1;", ";", "b=a=1", "a =1", "a=; a=1"})
    void missesCookiesThatAreNotThereOrEmpty(String cookies) {
        assertThat(hash("cookie:a", Request.with("cookie", cookies))).isEqualTo(HashKey.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({
        "/?a=1, 1",
        "/?aa=2&a=1, 1",
        "/?a=1&aa=2, 1",
        "/?A=2&a=1, 1",
        "/?b=2&a=1&a=3, 1",
        "/?&&a=1, 1",
        "/?a&a=1, 1",
        "/?b=?a=2&a=1, 1",
        "/?a=%31, %31",
        "/?a=1+2, 1+2",
        "/?a=1;b=2, 1;b=2",
        "/?a=1#f, 1"
    })
    void takesTheFirstParameterOfTheName(String uri, String value) {
        assertThat(hash("query:a", Request.to(uri))).isEqualTo(Hash64.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/?", "/?a", "/?a=", "/?a=&b=1", "/?b=1", "/?A=1", "/a=1", "/?%61=1", "/?b#a=1", "/?b#&a=1"
            })
    void missesParametersThatAreNotThereOrEmpty(String uri) {
        assertThat(hash("query:a", Request.to(uri))).isEqualTo(HashKey.ABSENT);
    }

    @Test
    void longNamesAreFoundAndMissedAtTheEnd() {
        assertThat(hash("query:session", Request.to("/?sess=1&session=9"))).isEqualTo(Hash64.of("9"));
        assertThat(hash("query:session", Request.to("/?sessio"))).isEqualTo(HashKey.ABSENT);
        assertThat(hash("cookie:session", Request.with("Cookie", "session"))).isEqualTo(HashKey.ABSENT);
    }

    @Test
    void anEmptyValueCountsAsAbsent() {
        Request empty = new Request("", "", "", Map.of("X-Tenant", ""));
        for (String key :
                new String[] {"client-ip", "host", "uri", "path", "header:X-Tenant", "header:X-Other", "cookie:a"}) {
            assertThat(hash(key, empty)).as(key).isEqualTo(HashKey.ABSENT);
        }
    }

    private static long hash(String key, RequestKey request) {
        return HashKey.parse(key).hash(request);
    }
}
