package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.settings.ListenAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a web site can have the operator's browser send to this address, word by word, and what comes through a proxy beside it. Each
 * attack comes after the same request without it, which is obeyed.
 */
@Timeout(60)
class AttackIT {
    private static final String DRAIN = "{\"admin\":\"drain\"}";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:9090",
                "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example",
            })
    void aNameThatPointsHereIsNotServed(String host) throws Exception {
        assertThat(patch("Host: localhost", json())).isEqualTo(200);
        undo();
        assertThat(patch(host, json())).isEqualTo(421);
        assertThat(request("GET /api/v1/config HTTP/1.1", host, "")).isEqualTo(421);
        assertNothingDone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost",
            })
    void aScriptOfAnotherSiteChangesNothing(String browser) throws Exception {
        assertThat(patch("Host: localhost", json())).isEqualTo(200);
        undo();
        assertThat(patch("Host: localhost", json() + "\r\n" + browser)).isEqualTo(403);
        assertNothingDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reload", "plan", "confirm", "rollback"})
    void aFormOfAnotherSiteReloadsNothing(String what) throws Exception {
        String line = "POST /api/v1/config/" + what + " HTTP/1.1";
        request(line, "Host: localhost", "");
        assertThat(window.program.control.asked).as("without the attack").hasSize(1);
        window.program.control.asked.clear();

        String form = "Content-Type: text/plain\r\nOrigin: http://evil.example";
        assertThat(request(line, "Host: localhost\r\n" + form, "x=1")).isEqualTo(403);
        assertThat(request(line, "Host: localhost\r\nSec-Fetch-Site: cross-site", ""))
                .isEqualTo(403);
        assertThat(request(line, "Host: localhost\r\nContent-Type: text/plain", "x=1"))
                .as("of a browser that says nothing of the site")
                .isEqualTo(415);
        assertThat(window.program.control.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: text/plain; application/json",
                "Content-Type: application/jsonp",
                "X-None: there",
            })
    void aBodyThatAnyFormCouldSendIsNotRead(String type) throws Exception {
        assertThat(patch("Host: localhost", "Content-Type: Application/JSON; charset=utf-8"))
                .isEqualTo(200);
        undo();
        assertThat(patch("Host: localhost", type)).isEqualTo(415);
        assertNothingDone();
    }

    @Test
    void aBodyWithoutALengthIsABodyToo() throws Exception {
        String chunked = "Host: localhost\r\nTransfer-Encoding: chunked";
        String body = "11\r\n" + DRAIN + "\r\n0\r\n\r\n";
        assertThat(exchange(head("PATCH /api/v1/pools/app/members/a HTTP/1.1", chunked + "\r\n" + json()) + body))
                .isEqualTo(200);
        undo();
        assertThat(exchange(head("PATCH /api/v1/pools/app/members/a HTTP/1.1", chunked) + body))
                .isEqualTo(415);
        assertNothingDone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For: 192.0.2.1", "Forwarded: for=127.0.0.1", "X-Real-IP: ::1", "Via: 1.1 edge"})
    void whatAProxyOnThisMachinePassesOnIsNotFromThisMachine(String header) throws Exception {
        assertThat(patch("Host: 127.0.0.1", json())).isEqualTo(200);
        undo();
        assertThat(patch("Host: 127.0.0.1", json() + "\r\n" + header)).isEqualTo(403);
        assertNothingDone();
    }

    @Test
    void nobodyIsToldThatAnotherSiteMay() throws Exception {
        OperatorWindow.Answer asked = window.ask(
                "OPTIONS",
                "/api/v1/config/reload",
                "origin",
                "http://evil.example",
                "access-control-request-method",
                "POST",
                "access-control-request-headers",
                "content-type");
        assertThat(asked.status()).isEqualTo(405);
        assertThat(asked.response().headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void aQueryThatIsNotEncodedIsAnError() throws Exception {
        String reload = "POST /api/v1/config/reload?confirm=60s&rollback_if=errors%3E2";
        assertThat(request(reload + "%25 HTTP/1.1", "Host: localhost", "")).isEqualTo(200);
        assertThat(window.program.control.asked).hasSize(1);
        assertThat(request(reload + "% HTTP/1.1", "Host: localhost", "")).isEqualTo(400);
        assertThat(window.program.control.asked).hasSize(1);
    }

    private static String json() {
        return "Content-Type: application/json";
    }

    private int patch(String host, String headers) throws Exception {
        return request("PATCH /api/v1/pools/app/members/a HTTP/1.1", host + "\r\n" + headers, DRAIN);
    }

    private int request(String line, String headers, String body) throws Exception {
        return exchange(head(line, headers + "\r\nContent-Length: " + body.length()) + body);
    }

    private static String head(String line, String headers) {
        return line + "\r\n" + headers + "\r\nConnection: close\r\n\r\n";
    }

    private int exchange(String text) throws Exception {
        ListenAddress address = ListenAddress.parse(window.address());
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    private void undo() {
        window.run(() -> {
            assertThat(app.status().get(0).admin()).as("without the attack").isEqualTo(AdminState.DRAIN);
            app.order(app.members().get(0), AdminState.READY);
        });
    }

    private void assertNothingDone() {
        List<AdminState> found = new ArrayList<>();
        window.run(() -> found.add(app.status().get(0).admin()));
        assertThat(found).containsExactly(AdminState.READY);
    }
}
