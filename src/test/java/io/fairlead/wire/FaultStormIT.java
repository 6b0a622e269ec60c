package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that may go wrong goes wrong at once, by fixed seeds: clients and members that break off anywhere. No answer may
 * reach another request than its own, and afterwards nothing is in flight and all are served.
 */
class FaultStormIT {
    private static final int CLIENTS = 8;
    private static final int CONVERSATIONS = 60;

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    /**
     * Without a limit, with one so tight that many wait, some in vain, some leave, and some find the queue full; and with tries
     * that are left early and an access log.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[pools.app.retry]\nper_try_timeout = \"1ms\"\n[access_log]",
                "max_connections = 2\nmax_queue = 3\nqueue_timeout = \"50ms\""
            })
    void noAnswerIsMixedUpAndNothingStaysInFlight(String limits) throws Exception {
        fairlead.pool(limits);
        RawServer first = fairlead.member(FaultStormIT::misbehave);
        fairlead.member(FaultStormIT::misbehave);
        int port = fairlead.port();
        List<Background> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int seed = i;
            clients.add(Background.run(() -> talk(port, seed)));
        }
        for (Background client : clients) {
            client.join();
        }
        fairlead.awaitInFlight(0);
        fairlead.awaitQueued(0);
        assertThat(first.heads()).isNotEmpty();
        RawClient client = fairlead.client();
        for (int i = 0; i < 20; i++) {
            assertThat(client.get("/well/" + i).text()).isEqualTo("/well/" + i);
        }
        assertThat(fairlead.awaitOutput(limits.contains("access_log") ? 20 : 0))
                .allSatisfy(line -> assertThat(
                                JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("attempts"))
                        .hasSizeLessThanOrEqualTo(2));
    }

    /** The path says how the member fails, if it does. */
    private static void misbehave(Wire wire) throws IOException {
        for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
            String path = head.target();
            if (path.startsWith("/early/")) {
                wire.sendUnlessRefused(answer(path));
            }
            boolean complete = wire.readRequestBody(head, new Payload.Sink()).complete();
            if (!complete || !answered(wire, path)) {
                return;
            }
        }
    }

    /** Whether the connection goes on. */
    private static boolean answered(Wire wire, String path) throws IOException {
        String answer = answer(path);
        switch (path.split("/", 3)[1]) {
            case "early" -> {
                return true;
            }
            case "busy" -> {
                wire.sendUnlessRefused(busy(path));
                return true;
            }
            case "long" ->
                wire.sendUnlessRefused(Wire.head("HTTP/1.1 503 Busy", "content-length: 200000") + "x".repeat(200_000));
            case "broken" ->
                wire.sendUnlessRefused(busy(path).substring(0, busy(path).length() - 3));
            case "well" -> wire.sendUnlessRefused(answer);
            case "reset" -> wire.reset();
            case "cut" -> wire.sendUnlessRefused(answer.substring(0, answer.length() - 3));
            case "garbage" -> wire.sendUnlessRefused("garbage\r\n\r\n");
            case "twice" -> wire.sendUnlessRefused(answer + answer("/evil"));
            case "silent" -> wire.awaitClose();
            default -> throw new AssertionError(path);
        }
        return path.startsWith("/well/");
    }

    private static String busy(String path) {
        return Wire.head("HTTP/1.1 503 Busy", "content-length: " + path.length()) + path;
    }

    private static String answer(String path) {
        return Wire.head("HTTP/1.1 200 OK", "content-length: " + path.length()) + path;
    }

    private static void talk(int port, int seed) throws IOException {
        Random random = new Random(seed);
        String[] faults = {
            "well", "well", "well", "reset", "cut", "garbage", "twice", "early", "silent", "busy", "busy", "long",
            "broken"
        };
        RawClient client = RawClient.connect(port);
        for (int i = 0; i < CONVERSATIONS; i++) {
            String fault = faults[random.nextInt(faults.length)];
            String path = "/" + fault + "/" + seed + "/" + i;
            boolean goesOn = conversation(client, path, random);
            if (!goesOn) {
                client.close();
                client = RawClient.connect(port);
            }
        }
        client.close();
    }

    /** Whether the connection is still of use. */
    private static boolean conversation(RawClient client, String path, Random random) throws IOException {
        boolean upload = random.nextBoolean();
        int length = upload ? random.nextInt(20_000) : 0;
        try {
            client.sendHead(
                    (upload ? "PUT " : "GET ") + path + " HTTP/1.1", RawClient.HOST, "Content-Length: " + length);
            boolean givesUp = path.startsWith("/silent/") || random.nextInt(5) == 0;
            client.send("x".repeat(givesUp ? length / 2 : length));
            if (givesUp) {
                leave(client, random);
                return false;
            }
        } catch (IOException refused) {
            return false; // an early answer, and the close behind it, may come before the request is sent
        }
        try {
            return understood(client, path);
        } catch (AssertionError wrong) {
            throw new AssertionError(path + (upload ? " with a body of " + length : ""), wrong);
        }
    }

    private static void leave(RawClient client, Random random) throws IOException {
        if (random.nextBoolean()) {
            client.reset();
        } else {
            client.close();
        }
    }

    private static boolean understood(RawClient client, String path) throws IOException {
        Head head = client.nextHead();
        if (head == null) {
            return false;
        }
        Answer answer = client.readRest(head);
        if (answer.body().complete() && answer.status() == 200) {
            assertThat(answer.text()).isEqualTo(path);
        } else if (answer.head().startLine().equals("HTTP/1.1 503 Busy")) {
            boolean own = path.startsWith("/busy/") || path.startsWith("/broken/");
            assertThat(own ? path : "x".repeat(200_000)).startsWith(answer.text());
            assertThat(answer.text().length() < path.length())
                    .isEqualTo(!answer.body().complete());
        } else if (answer.body().complete()) {
            assertThat(answer.status()).isIn(502, 503);
        }
        return answer.body().complete() && !head.lists("connection", "close");
    }
}
