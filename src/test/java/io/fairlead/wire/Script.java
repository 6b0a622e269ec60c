package io.fairlead.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.function.Function;

/** What a {@link RawServer} does on one connection. When it returns, the connection is closed. */
@FunctionalInterface
interface Script {
    /** Converses until it returns; what it throws fails the test. */
    void converse(Wire wire) throws Exception;

    /** Answers every request on the connection with 200 and the body {@code ok}. */
    static Script ok() {
        return answering("HTTP/1.1 200 OK", "content-length: 2", "", "ok");
    }

    /** Answers every request on the connection with these lines, joined by CR LF; the last one gets none. */
    static Script answering(String... lines) {
        return answeringBy(head -> String.join("\r\n", lines));
    }

    /** Reads each request to its end and answers what the function makes of its head. */
    static Script answeringBy(Function<Head, String> answer) {
        return wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                wire.readRequestBody(head);
                wire.send(answer.apply(head));
            }
        };
    }

    /** Reads one request to its end, answers these lines, joined by CR LF, and closes. */
    static Script answeringOnce(String... lines) {
        return wire -> {
            wire.readRequestBody(wire.readHead());
            wire.send(String.join("\r\n", lines));
        };
    }

    /** Reads each request to its end and sends its body back. */
    static Script echo() {
        return wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                echo(wire, head);
            }
        };
    }

    private static void echo(Wire wire, Head head) throws IOException {
        String body = wire.readRequestBody(head);
        wire.sendHead("HTTP/1.1 200 OK", "content-length: " + body.getBytes(ISO_8859_1).length);
        wire.send(body);
    }

    /** Reads one request's head and then nothing, until the peer has gone. */
    static Script hanging() {
        return wire -> {
            wire.readHead();
            wire.awaitClose();
        };
    }
}
