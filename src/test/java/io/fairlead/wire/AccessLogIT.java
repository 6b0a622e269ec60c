package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each request is a line in the access log, with every attempt that was made for it and with how it ended. */
class AccessLogIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void withoutTheTableNothingIsWritten() throws Exception {
        fairlead.member(Script.ok());
        fairlead.client().get("/");
        fairlead.stop(Duration.ZERO, Duration.ofSeconds(1))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        assertThat(fairlead.awaitOutput(0)).isEmpty();
    }

    @Test
    void aRequestThatWasAnswered() throws Exception {
        logged("");
        RawServer member = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("PUT /x?y=%22 HTTP/1.1", RawClient.HOST, "Content-Length: 5", "Authorization: Basic c2VjcmV0");
        client.send("hello");
        Answer answer = client.readAnswer();
        JsonObject line = onlyLine();
        assertThat(text(line, "listener")).isEqualTo("http");
        assertThat(text(line, "client")).isEqualTo("127.0.0.1");
        assertThat(text(line, "method")).isEqualTo("PUT");
        assertThat(text(line, "host")).isEqualTo("app.example");
        assertThat(text(line, "path")).isEqualTo("/x?y=%22");
        assertThat(text(line, "protocol")).isEqualTo("HTTP/1.1");
        assertThat(line.get("status").getAsInt()).isEqualTo(200);
        assertThat(text(line, "ended")).isEqualTo("complete");
        assertThat(line.has("why")).isFalse();
        assertThat(line.get("request_bytes").getAsInt()).isEqualTo(5);
        assertThat(line.get("response_bytes").getAsInt())
                .isEqualTo(answer.text().length());
        assertThat(line.get("duration_ms").getAsDouble()).isPositive();
        assertThat(text(line, "request_id")).isEqualTo(member.onlyHead().value("x-request-id"));
        assertThat(text(line, "route")).isEqualTo("/");
        assertThat(text(line, "pool")).isEqualTo("app");
        JsonObject attempt = attempts(line, "answered").get(0).getAsJsonObject();
        assertThat(text(attempt, "member")).isEqualTo(member.address());
        assertThat(attempt.get("connect_ms").getAsDouble()).isNotNegative();
        assertThat(attempt.get("first_byte_ms").getAsDouble()).isPositive();
        assertThat(attempt.get("duration_ms").getAsDouble())
                .isBetween(
                        attempt.get("first_byte_ms").getAsDouble(),
                        line.get("duration_ms").getAsDouble());
        assertThat(line.toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void everyAttemptIsThere() throws Exception {
        fairlead.pool("strategy = \"first\"");
        logged("[pools.app.retry]\nattempts = 10\nper_try_timeout = \"1s\"");
        fairlead.refusingMember();
        fairlead.member(wire -> wire.readRequestBody(wire.readHead()));
        fairlead.member(Script.answering("HTTP/1.1 503 No", "content-length: 2", "", "no"));
        fairlead.member(Script.hanging());
        fairlead.member(Script.ok());
        assertThat(fairlead.client().get("/").text()).isEqualTo("ok");
        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(200);
        JsonArray attempts = attempts(line, "connect-failed", "reset", "answered", "timed-out", "answered");
        assertThat(attempts.get(0).getAsJsonObject().has("connect_ms")).isFalse();
        assertThat(attempts.get(1).getAsJsonObject().has("connect_ms")).isTrue();
        assertThat(attempts.get(1).getAsJsonObject().has("status")).isFalse();
        assertThat(attempts.get(2).getAsJsonObject().get("status").getAsInt()).isEqualTo(503);
        assertThat(attempts.get(3).getAsJsonObject().has("first_byte_ms")).isFalse();
        assertThat(attempts.get(4).getAsJsonObject().get("status").getAsInt()).isEqualTo(200);
    }

    @Test
    void anAnswerOfFairleadsOwnHasItsWord() throws Exception {
        logged("");
        fairlead.refusingMember();
        Problem.expect(fairlead.client().get("/"), 502, "connect-failed");
        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(502);
        assertThat(text(line, "why")).isEqualTo("connect-failed");
        attempts(line, "connect-failed");
    }

    @Test
    void aRequestWithoutARoute() throws Exception {
        logged("[[routes]]\npool = \"app\"\nhost = \"*.other.example\"\npath = \"/api/\"");
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        Problem.expect(client.get("/"), 404, "no-route");
        client.sendHead("GET /api/ HTTP/1.1", "Host: a.other.example");
        client.readAnswer();
        List<String> lines = fairlead.awaitOutput(2);
        JsonObject refused = parse(lines.get(0));
        assertThat(text(refused, "why")).isEqualTo("no-route");
        assertThat(refused.has("route")).isFalse();
        assertThat(refused.has("pool")).isFalse();
        attempts(refused);
        assertThat(text(parse(lines.get(1)), "route")).isEqualTo("*.other.example/api/");
    }

    @Test
    void aClientThatLeftBeforeTheAnswer() throws Exception {
        logged("");
        RawServer member = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        client.reset();
        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(499);
        assertThat(text(line, "ended")).isEqualTo("client-gone");
        attempts(line, "abandoned");
    }

    @Test
    void anAnswerThatBrokeOff() throws Exception {
        logged("");
        fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello");
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        client.readBrokenAnswer();
        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(200);
        assertThat(text(line, "ended")).isEqualTo("broken-off");
        assertThat(line.get("response_bytes").getAsInt()).isEqualTo(5);
        JsonObject attempt = attempts(line, "reset").get(0).getAsJsonObject();
        assertThat(attempt.get("status").getAsInt()).isEqualTo(200);
    }

    @Test
    void aTunnelIsToldWhenItCloses() throws Exception {
        logged("");
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            wire.send(wire.readText(4) + "-pong");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
        client.readHead();
        client.send("ping");
        assertThat(client.readText(9)).isEqualTo("ping-pong");
        assertThat(fairlead.awaitOutput(0)).isEmpty();
        client.close();
        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(101);
        assertThat(line.get("response_bytes").getAsInt()).isEqualTo(9);
    }

    @Test
    void whatIsNoRequest() throws Exception {
        fairlead.listener("header_timeout = \"200ms\"");
        logged("");
        fairlead.member(Script.ok());
        RawClient garbage = fairlead.client();
        garbage.send("garbage\r\n\r\n");
        garbage.awaitClose();
        RawClient slow = fairlead.client();
        slow.send("GET / HTTP/1.1\r\nHost: a");
        slow.awaitClose();
        RawClient hostile = fairlead.client();
        hostile.send("GET /\"}\\x HTTP/1.1\r\nHost: \"}\r\n\r\n");
        hostile.awaitClose();
        List<String> lines = fairlead.awaitOutput(3);
        assertThat(lines).hasSize(3);
        assertThat(parse(lines.get(0)).get("status").getAsInt()).isEqualTo(400);
        assertThat(parse(lines.get(0)).has("path")).isFalse();
        assertThat(text(parse(lines.get(1)), "why")).isEqualTo("client-timeout");
        assertThat(parse(lines.get(2)).get("status").getAsInt()).isEqualTo(400);
        assertThat(text(parse(lines.get(2)), "path")).isEqualTo("/\"}\\x");
        assertThat(text(parse(lines.get(2)), "host")).isEqualTo("\"}");
    }

    @Test
    void whoTheClientIsTrustedProxiesSay() throws Exception {
        fairlead.listener("trusted_proxies = [\"loopback\"]");
        logged("");
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X-Forwarded-For: 192.0.2.7");
        client.readAnswer();
        assertThat(text(onlyLine(), "client")).isEqualTo("192.0.2.7");
    }

    @Test
    void onlyWhatIsAskedFor() throws Exception {
        fairlead.pool("[access_log]\nstatus = [\"404\", \"500-599\"]\n[pools.app.retry]\nattempts = 1");
        fairlead.member(Script.answeringBy(
                head -> "HTTP/1.1 " + head.target().substring(1) + " X\r\ncontent-length: 0\r\n\r\n"));
        RawClient client = fairlead.client();
        for (String status : List.of("200", "404", "403", "503")) {
            client.get("/" + status);
        }
        assertThat(fairlead.awaitOutput(2))
                .extracting(line -> parse(line).get("status").getAsInt())
                .containsExactly(404, 503);
    }

    @Test
    void inTheCombinedFormatToAFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("access.log");
        fairlead.pool("strategy = \"first\"\n[access_log]\npath = \"" + file + "\"\nformat = \"combined\"");
        fairlead.memberOfId("a", Script.answering("HTTP/1.1 503 No", "content-length: 0", "", ""));
        fairlead.memberOfId("b", Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET /x HTTP/1.1", RawClient.HOST, "User-Agent: \"me\"");
        client.readAnswer();
        fairlead.stop(Duration.ZERO, Duration.ofSeconds(1))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        assertThat(Files.readString(file))
                .matches("127\\.0\\.0\\.1 - - \\[[^]]+] \"GET /x HTTP/1\\.1\" 200 2 \"-\" \"\\\\x22me\\\\x22\" "
                        + "\\d+\\.\\d{3}ms [0-9a-f-]+ \"app\" - \"a=503 b=200\"\n");
    }

    private void logged(String lines) {
        fairlead.pool("[access_log]\n" + lines);
    }

    private JsonObject onlyLine() {
        List<String> lines = fairlead.awaitOutput(1);
        assertThat(lines).hasSize(1);
        return parse(lines.get(0));
    }

    private static JsonObject parse(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private static String text(JsonObject json, String key) {
        assertThat(json.has(key)).as("%s: %s", key, json).isTrue();
        return json.get(key).getAsString();
    }

    private static JsonArray attempts(JsonObject line, String... outcomes) {
        JsonArray attempts = line.getAsJsonArray("attempts");
        assertThat(attempts)
                .extracting(attempt -> text(attempt.getAsJsonObject(), "outcome"))
                .containsExactly(outcomes);
        return attempts;
    }
}
