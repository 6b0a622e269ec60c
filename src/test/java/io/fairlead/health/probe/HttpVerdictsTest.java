package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of answers that are not whole when their time is over, or the connection. */
class HttpVerdictsTest {
    private static final Failed NO_ANSWER = new Failed(Reason.TIMEOUT, "no answer within 150 ms");
    private static final Failed BROKEN = new Failed(Reason.PROTOCOL, "connection reset in the body");

    private final HttpVerdicts verdicts = verdicts(new HttpOptions());

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 500 No\r\n", "HTTP/1.1 100 Go on\r\n\r\n"})
    void withoutAHeadThereIsNoAnswer(String text) throws Unfit {
        assertThat(verdicts.late(taken(verdicts, text))).isEqualTo(NO_ANSWER);
        assertThat(verdicts.of(taken(verdicts, text), BROKEN)).isEqualTo(BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 10\r\n\r\nfive.", "X: 1\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n"})
    void aBodyThatStallsOrBreaksIsNoPass(String rest) throws Unfit {
        HttpAnswer answer = taken(verdicts, "HTTP/1.1 200 OK\r\n" + rest);
        assertThat(verdicts.isDecided(answer)).isFalse();
        assertThat(verdicts.late(answer))
                .isEqualTo(new Failed(Reason.TIMEOUT, "status 200, but not all of the body within 150 ms"));
        assertThat(verdicts.of(answer, BROKEN)).isEqualTo(BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 50\r\n\r\noops!",
                "Transfer-Encoding: chunked\r\n\r\n5\r\noops!\r\n",
                "X-None: 1\r\n\r\noops!"
            })
    void anUnexpectedStatusMattersMoreThanWhatBecomesOfItsBody(String rest) throws Unfit {
        HttpAnswer answer = taken(verdicts, "HTTP/1.1 500 No\r\n" + rest);
        Failed shown = new Failed(Reason.STATUS, "status 500 (expected: 200-299): oops!");
        assertThat(verdicts.isDecided(answer)).isFalse();
        assertThat(verdicts.late(answer)).isEqualTo(shown);
        assertThat(verdicts.of(answer, BROKEN)).isEqualTo(shown);
    }

    @Test
    void anUnexpectedStatusIsDecidedWhenThereIsEnoughToShow() throws Unfit {
        HttpAnswer answer = taken(verdicts, "HTTP/1.1 500 No\r\n\r\n" + "x".repeat(5_000));
        assertThat(verdicts.isDecided(answer)).isTrue();
        assertThat(verdicts.of(answer).detail()).endsWith("x...").hasSizeLessThan(250);
    }

    @Test
    void anExpectedTextThatHasComeIsNoPassBeforeTheBodyEnds() throws Unfit {
        HttpVerdicts strict = verdicts(new HttpOptions().body("ready"));
        HttpAnswer answer = taken(strict, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nready");
        assertThat(strict.isDecided(answer)).isFalse();
        answer.take("-----".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(strict.isDecided(answer)).isTrue();
        assertThat(strict.of(answer)).isEqualTo(new Passed("200"));
    }

    @Test
    void anExpectedTextIsLookedForInUtf8() throws Unfit {
        HttpVerdicts strict = verdicts(new HttpOptions().body("gr\u00fcn"));
        HttpAnswer answer = strict.newAnswer();
        answer.take("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ngr\u00fcn".getBytes(StandardCharsets.UTF_8));
        ProbeResult result = strict.of(answer);
        assertThat(result).isEqualTo(new Passed("200"));
    }

    private static HttpVerdicts verdicts(HttpOptions options) {
        return new HttpVerdicts(options.made(), Duration.ofMillis(150));
    }

    private static HttpAnswer taken(HttpVerdicts verdicts, String text) throws Unfit {
        HttpAnswer answer = verdicts.newAnswer();
        answer.take(text.getBytes(StandardCharsets.ISO_8859_1));
        return answer;
    }
}
