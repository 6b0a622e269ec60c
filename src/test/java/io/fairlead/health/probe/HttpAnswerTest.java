package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers, well formed and not, in one piece, byte by byte, and in pieces by chance: always with the same outcome. */
class HttpAnswerTest {
    private static final Excerpt EXCERPT = new Excerpt(List.of());
    private static final int KEPT = 8;

    /** What a reader saw: "200 body", with a "+" where the connection can take another request, or the failure's words. */
    private static String read(String text, int pieces, boolean thenClosed) {
        HttpAnswer answer = new HttpAnswer(false, status -> KEPT, EXCERPT);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(pieces);
        try {
            int at = 0;
            while (at < bytes.length) {
                int length = pieces == 0 ? bytes.length : pieces == 1 ? 1 : 1 + random.nextInt(20);
                int end = Math.min(bytes.length, at + length);
                answer.take(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            if (thenClosed) {
                answer.ended();
            }
        } catch (Unfit e) {
            assertThat(e.failure().reason()).isIn(Reason.PROTOCOL, Reason.BODY);
            return e.failure().detail();
        }
        if (!answer.isComplete()) {
            return "incomplete";
        }
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        return answer.status() + (body.isEmpty() ? "" : " " + body) + (answer.leavesConnection() ? " +" : "");
    }

    static Stream<Arguments> wellFormed() {
        return Stream.of(
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 ok +"),
                Arguments.of("HTTP/1.1 200\r\ncontent-length:2\r\n\r\nok", "200 ok +"),
                Arguments.of("HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n", "299 +"),
                Arguments.of(
                        "HTTP/1.1 200 \u00e4\r\nX: \u00e4\t\r\nX-Empty:\r\nContent-Length: 2 \r\n\r\nok", "200 ok +"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", "200 ok +"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n123456789012", "200 12345678 +"),
                Arguments.of("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
                Arguments.of("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
                Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
                Arguments.of("HTTP/1.1 204 None\r\n\r\n", "204 +"),
                Arguments.of("HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n", "304 +"),
                Arguments.of(
                        "HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 103 Hints\r\nLink: </a>\r\nContent-Length: 7\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                        "200 ok +"),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n001;x=\"y\"\r\nk\r\n0\r\n\r\n",
                        "200 ok +"),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\nA\r\n1234567890\r\n0\r\nX-Sum: 1\r\n\r\n",
                        "200 12345678 +"));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void readsWhatIsWellFormed(String text, String seen) {
        for (int pieces = 0; pieces < 8; pieces++) {
            assertThat(read(text, pieces, false)).isEqualTo(seen);
            assertThat(read(text, pieces, true)).isEqualTo(seen);
        }
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void notesWhatComesBehindTheEnd(String text, String seen) {
        assertThat(read(text + "HTTP/1.1 200 OK\r\n\r\n", 0, false)).isEqualTo(seen.replace(" +", ""));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void everyPartOfAnAnswerIsIncomplete(String text) {
        for (int length = 0; length < text.length(); length++) {
            String part = text.substring(0, length);
            assertThat(read(part, 0, false)).as(part).isEqualTo("incomplete");
            assertThat(read(part, 0, true)).as(part).matches("connection closed (before an answer|in the body)");
        }
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() {
        String text = "HTTP/1.1 200 OK\r\n\r\nfine";
        assertThat(read(text, 1, false)).isEqualTo("incomplete");
        assertThat(read(text, 1, true)).isEqualTo("200 fine");
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Unfit {
        HttpAnswer answer = new HttpAnswer(true, status -> KEPT, EXCERPT);
        answer.take("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.leavesConnection()).isTrue();
    }

    static Stream<Arguments> malformed() {
        String ok = "HTTP/1.1 200 OK\r\n";
        String chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of("HTTP/2.0 200 OK\r\n\r\n", "not HTTP: HTTP/2.0 200 OK"),
                Arguments.of("HTTP/1.2 200 OK\r\n\r\n", "not HTTP: no status line"),
                Arguments.of("HTTP/1.1 20 OK\r\n\r\n", "not HTTP: no status line"),
                Arguments.of("HTTP/1.1 2000 OK\r\n\r\n", "not HTTP: no status line"),
                Arguments.of("HTTP/1.1 099 OK\r\n\r\n", "not HTTP: no status line"),
                Arguments.of("HTTP/1.1  200 OK\r\n\r\n", "not HTTP: no status line"),
                Arguments.of("HTTP/1.1 200 OK\n\n", "not HTTP: a line that does not end in CR LF"),
                Arguments.of("HTTP/1.1 101 Switch\r\n\r\n", "not HTTP: protocols switched unasked"),
                Arguments.of(ok + "no colon\r\n\r\n", "not HTTP: a malformed header"),
                Arguments.of(ok + ": nameless\r\n\r\n", "not HTTP: a malformed header"),
                Arguments.of(ok + "Name : x\r\n\r\n", "not HTTP: a malformed header"),
                Arguments.of(ok + "A: b\r\n folded\r\n\r\n", "not HTTP: a malformed header"),
                Arguments.of(ok + "A: b\u0000c\r\n\r\n", "not HTTP: a malformed header"),
                Arguments.of(ok + "A: b\rc\r\n\r\n", "not HTTP: a malformed header"),
                Arguments.of(ok + "Content-Length: -1\r\n\r\n", "not HTTP: a content-length that is no number"),
                Arguments.of(ok + "Content-Length: 5, 5\r\n\r\n", "not HTTP: a content-length that is no number"),
                Arguments.of(
                        ok + "Content-Length: 9999999999999999999\r\n\r\n",
                        "not HTTP: a content-length that is no number"),
                Arguments.of(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "not HTTP: two lengths"),
                Arguments.of(ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", "not HTTP: an unknown transfer coding"),
                Arguments.of(
                        ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "not HTTP: an unknown transfer coding"),
                Arguments.of(
                        ok + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
                        "not HTTP: both a length and a transfer coding"),
                Arguments.of(chunked + "zz\r\n", "not HTTP: a malformed chunk size"),
                Arguments.of(chunked + "-1\r\n", "not HTTP: a malformed chunk size"),
                Arguments.of(chunked + "0x1\r\n", "not HTTP: a malformed chunk size"),
                Arguments.of(chunked + "\r\n", "not HTTP: a malformed chunk size"),
                Arguments.of(chunked + ";x\r\n", "not HTTP: a malformed chunk size"),
                Arguments.of(chunked + "fffffffff\r\n", "not HTTP: a malformed chunk size"),
                Arguments.of(
                        chunked + "1;" + "x".repeat(2000) + "\r\n", "not HTTP: a chunk's size of more than 1024 bytes"),
                Arguments.of(chunked + "2\r\nokay\r\n", "not HTTP: a chunk that is longer than its size"),
                Arguments.of(chunked + "0\r\nno colon\r\n\r\n", "not HTTP: a malformed trailer"),
                Arguments.of(chunked + "0\r\n" + "A: b\r\n".repeat(5000), "trailers of more than 16384 bytes"),
                Arguments.of(ok + "X-Big: " + "x".repeat(20_000), "a head of more than 16384 bytes"),
                Arguments.of(ok + "A: b\r\n".repeat(5000), "a head of more than 16384 bytes"),
                Arguments.of("HTTP/1.1 100 Go on\r\n\r\n".repeat(1000), "interim answers of more than 16384 bytes"),
                Arguments.of(ok + "Content-Length: 1048577\r\n\r\n", "a body of more than 1048576 bytes"),
                Arguments.of(chunked + "7fffffff\r\n", "a body of more than 1048576 bytes"),
                Arguments.of(
                        chunked + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(1025),
                        "a body of more than 1048576 bytes"),
                Arguments.of(ok + "\r\n" + "x".repeat((1 << 20) + 1), "a body of more than 1048576 bytes"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysWhatIsWrong(String text, String words) {
        assertThat(read(text, 0, true)).isEqualTo(words);
        assertThat(read(text, 2, true)).isEqualTo(words.startsWith("not HTTP: HTTP/2") ? read(text, 2, true) : words);
    }

    @Test
    void saysAtOnceWhatCameInsteadOfHttp() {
        assertThat(read("SSH-2.0-OpenSSH_9.2\r\n", 0, false)).isEqualTo("not HTTP: SSH-2.0-OpenSSH_9.2");
        assertThat(read("\u0001\u0002", 0, false)).isEqualTo("not HTTP: ..");
        assertThat(read("\u0015\u0003\u0003\u0000\u0002\u0002\u0046", 0, false))
                .isEqualTo("not HTTP/1.1: the member speaks TLS");
        assertThat(read("\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000", 0, false))
                .isEqualTo("not HTTP/1.1: the member speaks HTTP/2");
        assertThat(read("x".repeat(100_000), 0, false)).hasSizeLessThan(250);
    }

    @Test
    void keepsNoMoreOfABodyThanIsWanted() throws Unfit {
        HttpAnswer answer = new HttpAnswer(false, status -> status == 500 ? 300 : 0, EXCERPT);
        answer.take("HTTP/1.1 500 No\r\nContent-Length: 900000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.hasWanted()).isFalse();
        byte[] piece = new byte[1000];
        for (int i = 0; i < 900; i++) {
            answer.take(piece);
            assertThat(answer.hasWanted()).isTrue();
        }
        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.body()).hasSize(300);
    }

    /** Whatever comes, in whatever pieces: an outcome, and no other exception. */
    @Test
    void survivesNoise() {
        Random random = new Random(11);
        List<String> seeds = Stream.concat(wellFormed(), malformed())
                .map(each -> (String) each.get()[0])
                .filter(text -> text.length() < 500)
                .toList();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            String seen = read(text.toString(), i % 4, true);
            assertThat(seen).isNotEmpty();
            assertThat(new Failed(Reason.PROTOCOL, seen).detail()).matches("[\\x00-\\xff]*");
        }
    }
}
