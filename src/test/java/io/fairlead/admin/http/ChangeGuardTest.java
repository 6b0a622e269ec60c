package io.fairlead.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.settings.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change something, and who may not. */
class ChangeGuardTest {
    private static final int ALLOWED = 0;

    private final ChangeGuard open = new ChangeGuard(new Secret(""));
    private final ChangeGuard withToken = new ChangeGuard(new Secret("s3cret"));

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,localhost",
        "127.8.9.1,127.0.0.1",
        "::1,[::1]",
        "0:0:0:0:0:0:0:1,::1",
        "::ffff:127.0.0.1,LOCALHOST"
    })
    void fromLoopbackItIsAllowedWithATokenConfiguredOrNot(String peer, String host) {
        assertThat(status(open, peer, host)).isEqualTo(ALLOWED);
        assertThat(status(withToken, peer, host)).isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "::2", "192.168.1.1", "fe80::1%eth0"})
    void fromElsewhereItTakesTheToken(String peer) {
        assertThat(status(open, peer, "fairlead.example")).isEqualTo(403);
        assertThat(status(withToken, peer, "fairlead.example")).isEqualTo(401);
        assertThat(status(withToken, peer, "fairlead.example", "authorization", "Bearer s3cret"))
                .isEqualTo(ALLOWED);
        assertThat(status(withToken, peer, "fairlead.example", "authorization", "bearer  s3cret "))
                .isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer s3cre", "Bearer s3cret2", "Bearer ", "Bearer", "Basic s3cret", "s3cret", "Bearer S3CRET"
            })
    void aTokenIsRightOrWrong(String authorization) {
        assertThat(status(withToken, "10.0.0.7", "fairlead.example", "authorization", authorization))
                .isEqualTo(401);
    }

    @Test
    void anEmptyTokenIsNone() {
        assertThat(status(open, "10.0.0.7", "fairlead.example", "authorization", "Bearer "))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-for", "forwarded", "x-real-ip", "client-ip"})
    void noHeaderMakesAPeerLocal(String header) {
        String value = header.equals("forwarded") ? "for=127.0.0.1" : "127.0.0.1";
        assertThat(status(open, "10.0.0.7", "localhost", header, value)).isEqualTo(403);
    }

    @Test
    void whoHasNoAddressIsNotLocal() {
        assertThat(status(open, null, "localhost")).isEqualTo(403);
    }

    @Test
    void aNameThatSomebodyLetPointToLoopbackDoesNotMakeItLocal() {
        assertThat(status(open, "127.0.0.1", "evil.example", "origin", "http://evil.example:9090"))
                .isEqualTo(403);
        assertThat(status(open, "127.0.0.1", "evil.example", "sec-fetch-site", "same-origin"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://localhost:9091",
                "http://localhost",
                "null",
                "",
                "http://127.0.0.1:9090",
                "http://[::1",
                "http://localhost.evil.example:9090"
            })
    void anotherOriginIsRefusedWhateverElseItHas(String origin) {
        assertThat(status(open, "127.0.0.1", "localhost", "origin", origin)).isEqualTo(403);
        assertThat(status(withToken, "10.0.0.7", "localhost", "origin", origin, "authorization", "Bearer s3cret"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "anything"})
    void anotherSiteIsRefusedToo(String site) {
        assertThat(status(open, "127.0.0.1", "localhost", "sec-fetch-site", site))
                .isEqualTo(403);
        assertThat(status(open, "127.0.0.1", "localhost", "sec-fetch-site", site, "origin", "http://localhost:9090"))
                .isEqualTo(403);
    }

    @Test
    void ourOwnPageIsAllowed() {
        assertThat(status(open, "127.0.0.1", "localhost", "origin", "http://localhost:9090"))
                .isEqualTo(ALLOWED);
        assertThat(status(open, "::1", "[::1]", "origin", "http://[::1]:9090")).isEqualTo(ALLOWED);
        assertThat(status(open, "127.0.0.1", "localhost", "sec-fetch-site", "same-origin"))
                .isEqualTo(ALLOWED);
        String origin = "https://fairlead.example:9090";
        assertThat(status(
                        withToken, "10.0.0.7", "fairlead.example", "origin", origin, "authorization", "Bearer s3cret"))
                .as("behind a proxy that speaks TLS")
                .isEqualTo(ALLOWED);
    }

    private static int status(ChangeGuard guard, @Nullable String peer, String host, String... headers) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return guard.refusal(peer, HostAndPort.create(host, 9090), all)
                .map(Problem::status)
                .orElse(ALLOWED);
    }
}
