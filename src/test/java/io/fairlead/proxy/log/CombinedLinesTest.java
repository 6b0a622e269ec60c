package io.fairlead.proxy.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Outcome;
import io.fairlead.proxy.log.AccessRecord.Answered;
import io.fairlead.proxy.log.AccessRecord.Asked;
import io.fairlead.proxy.log.AccessRecord.Ending;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CombinedLinesTest {
    /** What tools look for at the beginning of a line. */
    private static final Pattern COMBINED = Pattern.compile(
            "^\\S+ \\S+ \\S+ \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \"[^\"]*\" \\d{3} \\d+ \"[^\"]*\" \"[^\"]*\" ");

    @Test
    void isTheCombinedFormatWithAFewFieldsBehindIt() {
        assertThat(line(Entries.retried()))
                .isEqualTo("192.0.2.7 - - [21/Nov/2026:09:22:06 +0000] \"GET /x?y=1 HTTP/1.1\" 200 42 "
                        + "\"https://from.example/\" \"curl/8.0\" 14.600ms 0123456789abcdef \"app\" - "
                        + "\"a=connect-failed b=503 c=200\"\n");
    }

    @Test
    void tellsWhyFairleadAnsweredItself() {
        assertThat(line(Entries.refused())).endsWith(" \"app\" no-member-available \"-\"\n");
    }

    @Test
    void whatIsNotKnownIsAHyphen() {
        assertThat(line(Entries.unread()))
                .isEqualTo(
                        "::1 - - [21/Nov/2026:09:22:06 +0000] \"\" 400 0 \"-\" \"-\" 0.000ms id \"-\" malformed \"-\"\n");
    }

    @Test
    void anAnswerThatBrokeOffIsToldByItsOutcome() {
        Attempted broken = new Attempted("a", Outcome.RESET, 200, 1, 2, 3);
        assertThat(line(Entries.entry(Entries.asked("/"), new Answered(200, Ending.BROKEN_OFF, "", 3), broken)))
                .endsWith(" \"a=reset\"\n");
    }

    @Test
    void nothingThatClientsSendEndsAFieldOrALine() {
        String hostile = "/\" 200 1 \"\\\"\r\n\u001b[31m\u009bä\u2028";
        Asked asked = new Asked("GET", "h", hostile, "HTTP/1.1", hostile, hostile, 0);
        String line = line(Entries.entry(asked, new Answered(404, Ending.COMPLETE, "", 5)));
        assertThat(line).matches("[ -~]+\n").containsPattern(COMBINED);
        assertThat(line)
                .contains("\"GET /\\x22 200 1 \\x22\\x5c\\x22\\x0d\\x0a\\x1b[31m\\x9b\\xe4\\u2028 HTTP/1.1\" 404 5 ");
    }

    private static String line(AccessRecord entry) {
        StringBuilder line = new StringBuilder();
        new CombinedLines().append(entry, line);
        assertThat(line.toString()).containsPattern(COMBINED);
        return line.toString();
    }
}
