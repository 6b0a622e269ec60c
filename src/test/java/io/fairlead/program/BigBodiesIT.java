package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gibibyte each way, byte for byte, through a Fairlead whose heap is an eighth of that. */
class BigBodiesIT {
    private static final long LENGTH = 1L << 30;
    private static final byte[] PIECE = new byte[1 << 20];

    static {
        new Random(42).nextBytes(PIECE);
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket member;

    @SuppressWarnings("NullAway.Init")
    private Daemon fairlead;

    private int port;

    @BeforeEach
    void start() throws Exception {
        member = new ServerSocket(0);
        Path config = Files.writeString(directory.resolve("config.toml"), """
                [admin]
                address = "127.0.0.1:0"
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = ["127.0.0.1:%d"]
                """.formatted(member.getLocalPort()));
        fairlead = Daemon.fairlead("run", "-c", config.toString());
        port = Serving.of(fairlead).port();
    }

    @AfterEach
    void stop() throws Exception {
        fairlead.signal("TERM");
        assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
        assertThat(fairlead.output()).doesNotContain("LEAK", "OutOfMemory", "ERROR");
        fairlead.close();
        member.close();
    }

    @Test
    void aGibibyteComesDownWhole() throws Exception {
        CompletableFuture<Long> sent = atMember(this::answerWithBody);
        try (Socket client = ask("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")) {
            InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
            assertThat(head(in)).contains("Content-Length: " + LENGTH);
            assertThat(checksum(in, 1 << 16)).isEqualTo(sent.get());
        }
    }

    @Test
    void aGibibyteComesDownWholeToASlowReader() throws Exception {
        CompletableFuture<Long> sent = atMember(this::answerWithBody);
        try (Socket client = ask("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")) {
            // Reads little at a time, so that the sender is held up again and again.
            InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 12);
            assertThat(head(in)).contains("Content-Length: " + LENGTH);
            assertThat(checksum(in, 1 << 12)).isEqualTo(sent.get());
        }
    }

    @Test
    void aGibibyteGoesUpWhole() throws Exception {
        CompletableFuture<Long> received = atMember(socket -> {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            assertThat(head(in)).contains("Content-Length: " + LENGTH);
            long sum = checksum(in, 1 << 16);
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return sum;
        });
        try (Socket client = ask("PUT /big HTTP/1.1\r\nHost: x\r\nContent-Length: " + LENGTH + "\r\n\r\n")) {
            long sent = writeBody(client.getOutputStream());
            assertThat(head(new BufferedInputStream(client.getInputStream()))).startsWith("HTTP/1.1 204");
            assertThat(received.get()).isEqualTo(sent);
        }
    }

    private interface Conversation {
        long with(Socket socket) throws IOException;
    }

    /** Has one conversation with Fairlead at the member's end; the checksum that it saw. */
    private CompletableFuture<Long> atMember(Conversation conversation) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = member.accept()) {
                return conversation.with(socket);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private long answerWithBody(Socket socket) throws IOException {
        head(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = socket.getOutputStream();
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        return writeBody(out);
    }

    private Socket ask(String head) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(60_000);
        client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static long writeBody(OutputStream socket) throws IOException {
        CRC32C sum = new CRC32C();
        OutputStream out = new BufferedOutputStream(socket, 1 << 16);
        for (long written = 0; written < LENGTH; written += PIECE.length) {
            PIECE[(int) (written >> 20)]++; // no two pieces are alike
            sum.update(PIECE);
            out.write(PIECE);
        }
        out.flush();
        return sum.getValue();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended in the head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static long checksum(InputStream in, int step) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] buffer = new byte[step];
        long left = LENGTH;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(step, left));
            if (count < 0) {
                throw new IOException("ended " + left + " bytes early");
            }
            sum.update(buffer, 0, count);
            left -= count;
        }
        return sum.getValue();
    }
}
