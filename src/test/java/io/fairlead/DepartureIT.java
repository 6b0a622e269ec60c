package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member leaves while clients download from it, by the order of an operator or by a file. */
@Timeout(60)
class DepartureIT {
    private static final int DOWNLOADS = 4;
    private static final String STICKY = "sticky = { cookie = \"home\" }\nmembers";
    private static final String BOTH = PROGRAM + pool("app", "a b").replace("members", STICKY);

    @RegisterExtension
    private final ReloadFixture fixture;

    private final List<Socket> downloads = new ArrayList<>();

    DepartureIT() throws Exception {
        fixture = new ReloadFixture();
    }

    /** How a leaves, and whether its sessions stay there. */
    private enum Departure {
        DRAINED(true) {
            @Override
            void of(ReloadFixture fixture) throws Exception {
                order(fixture, "PATCH", "{\"admin\":\"drain\"}");
            }
        },
        DRAINED_BY_THE_FILE(true) {
            @Override
            void of(ReloadFixture fixture) throws Exception {
                fixture.reload(BOTH.replace("id = \"a\"", "id = \"a\", admin = \"drain\""));
            }
        },
        IN_MAINTENANCE(false) {
            @Override
            void of(ReloadFixture fixture) throws Exception {
                order(fixture, "PATCH", "{\"admin\":\"maintenance\"}");
            }
        },
        REMOVED(false) {
            @Override
            void of(ReloadFixture fixture) throws Exception {
                order(fixture, "DELETE", "");
            }
        },
        REMOVED_FROM_THE_FILE(false) {
            @Override
            void of(ReloadFixture fixture) throws Exception {
                fixture.reload(PROGRAM + pool("app", "b").replace("members", STICKY));
            }
        },
        REPLACED_BY_THE_FILE(false) {
            @Override
            void of(ReloadFixture fixture) throws Exception {
                fixture.reload(BOTH.replace("\"@a\"", "\"@c\""));
            }
        };

        private final boolean keepsSessions;

        Departure(boolean keepsSessions) {
            this.keepsSessions = keepsSessions;
        }

        abstract void of(ReloadFixture fixture) throws Exception;

        private static void order(ReloadFixture fixture, String method, String body) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://" + fixture.fairlead().adminAddress() + "/api/v1/pools/app/members/a"))
                    .header("content-type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = fixture.http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoLeavesFinishesItsDownloadsAndGetsNothingNew(Departure departure) throws Exception {
        fixture.start(BOTH);
        String home = homeAtA();
        Member a = fixture.member("app", "a").member();
        for (int i = 0; i < DOWNLOADS; i++) {
            downloads.add(beginDownload(home));
        }
        assertThat(a.inFlight()).isEqualTo(DOWNLOADS);

        departure.of(fixture);

        int before = fixture.apps.count("a");
        assertThat(fixture.ask(20)).doesNotContain("a");
        assertThat(fixture.apps.count("a")).isEqualTo(before);
        for (int i = 0; i < 6; i++) {
            HttpResponse<String> answer = ask(home);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body().equals("a")).isEqualTo(departure.keepsSessions);
        }
        ReloadFixture.await("nothing but the downloads is in flight", () -> a.inFlight() == DOWNLOADS);
        for (Socket download : downloads) {
            assertComplete(download);
        }
        ReloadFixture.await("nothing in flight", () -> a.inFlight() == 0);
    }

    /** The cookie of a session that began at a. */
    private String homeAtA() throws Exception {
        HttpResponse<String> first = fixture.get("/");
        while (!first.body().equals("a")) {
            first = fixture.get("/");
        }
        return first.headers().firstValue("set-cookie").orElseThrow().split(";", -1)[0];
    }

    private HttpResponse<String> ask(String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.port() + "/"))
                .header("cookie", cookie)
                .build();
        return fixture.http.send(request, BodyHandlers.ofString());
    }

    /** Reads no more than the head of the answer. */
    private Socket beginDownload(String cookie) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port()));
        String head = "GET /download HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: " + cookie + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        assertThat(answer).startsWith("HTTP/1.1 200 OK");
        return socket;
    }

    private static void assertComplete(Socket download) throws IOException {
        try (download) {
            byte[] all = download.getInputStream().readAllBytes();
            assertThat(Arrays.equals(all, Apps.DOWNLOAD.getBytes()))
                    .as("%d bytes, of %d", all.length, Apps.DOWNLOAD.length())
                    .isTrue();
        }
    }
}
