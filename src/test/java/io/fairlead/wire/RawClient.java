package io.fairlead.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that says what a test makes it say, and reads answers as RFC 9112 frames them. */
final class RawClient extends Wire {
    /** The host that requests name unless a test says otherwise. */
    static final String HOST = "Host: app.example";

    private RawClient(Socket socket) throws IOException {
        super(socket, head -> {});
    }

    /** Connects to a port on 127.0.0.1. */
    static RawClient connect(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    }

    /** Connects with a small receive buffer, so that what is not read soon holds the sender up. */
    static RawClient connectSlowReader(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 14);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        return new RawClient(socket);
    }

    /** Sends a GET without more than a Host, and reads its answer. */
    Answer get(String target) throws IOException {
        sendHead("GET " + target + " HTTP/1.1", HOST);
        return readAnswer();
    }

    /** Reads the answer to anything but a HEAD; it must be final and complete. */
    Answer readAnswer() throws IOException {
        return readAnswerTo("GET");
    }

    /** Reads the answer to a request with this method; it must be final and complete. */
    Answer readAnswerTo(String method) throws IOException {
        Answer answer = read(method);
        if (!answer.body().complete()) {
            throw new AssertionError("broke off in the body: " + answer.head() + " \"" + answer.text() + "\"");
        }
        return answer;
    }

    /** Reads an answer that must not look complete: the connection ends before the end that its head declares. */
    Answer readBrokenAnswer() throws IOException {
        Answer answer = readWhateverComes();
        if (answer.body().complete()) {
            throw new AssertionError("looks complete: " + answer.head() + " \"" + answer.text() + "\"");
        }
        return answer;
    }

    /** Reads a final answer as far as it comes. */
    Answer readWhateverComes() throws IOException {
        return read("GET");
    }

    /** Reads the rest of an answer whose head was read. */
    Body readBody(Head head, OutputStream sink) throws IOException {
        return Body.read(this, Framing.ofResponse(head, "GET"), sink);
    }

    /** The connection must end, and nothing more may come on it. */
    void expectClosed() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try {
            copyToEnd(sink);
        } catch (SocketException reset) {
            // A reset is an end too: a server that closes with input unread causes one.
        }
        if (sink.size() > 0) {
            throw new AssertionError("more came before the end: \"" + sink.toString(ISO_8859_1) + "\"");
        }
    }

    /** The connection must still serve: a further request on it gets its 200. */
    void expectUsable() throws IOException {
        Answer answer = get("/still-usable");
        if (answer.status() != 200) {
            throw new AssertionError("the next request got " + answer.head());
        }
    }

    /** Reads as far as it comes what follows the head of an answer to anything but a HEAD. */
    Answer readRest(Head head) throws IOException {
        return readRest(head, "GET");
    }

    private Answer read(String method) throws IOException {
        Head head = readHead();
        if (head.isInterim()) {
            throw new AssertionError("an interim response instead of the final one: " + head);
        }
        return readRest(head, method);
    }

    private Answer readRest(Head head, String method) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        Body body = Body.read(this, Framing.ofResponse(head, method), sink);
        return new Answer(head, sink.toString(ISO_8859_1), body);
    }
}
