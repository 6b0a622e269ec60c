package io.fairlead.proxy.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fairlead.member.Outcome;
import io.fairlead.proxy.log.AccessRecord.Answered;
import io.fairlead.proxy.log.AccessRecord.Asked;
import io.fairlead.proxy.log.AccessRecord.Ending;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void tellsEveryAttempt() {
        assertThat(line(Entries.retried()))
                .isEqualTo("{\"at\":\"2026-11-21T09:22:06.123Z\",\"listener\":\"web\",\"client\":\"192.0.2.7\","
                        + "\"request_id\":\"0123456789abcdef\",\"method\":\"GET\",\"host\":\"shop.example\","
                        + "\"path\":\"/x?y=1\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"ended\":\"complete\","
                        + "\"request_bytes\":7,\"response_bytes\":42,\"duration_ms\":14.600,"
                        + "\"route\":\"shop.example/api/\",\"pool\":\"app\",\"attempts\":["
                        + "{\"member\":\"a\",\"outcome\":\"connect-failed\",\"duration_ms\":0.250},"
                        + "{\"member\":\"b\",\"outcome\":\"answered\",\"status\":503,\"connect_ms\":0.040,"
                        + "\"first_byte_ms\":1.500,\"duration_ms\":2.000},"
                        + "{\"member\":\"c\",\"outcome\":\"answered\",\"status\":200,\"connect_ms\":0.000,"
                        + "\"first_byte_ms\":10.000,\"duration_ms\":12.345}]}\n");
    }

    @Test
    void tellsWhyFairleadAnsweredItself() {
        JsonObject json = json(Entries.refused());
        assertThat(json.get("why").getAsString()).isEqualTo("no-member-available");
        assertThat(json.getAsJsonArray("attempts")).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(json(Entries.unread()).keySet())
                .containsExactly(
                        "at",
                        "listener",
                        "client",
                        "request_id",
                        "status",
                        "ended",
                        "why",
                        "request_bytes",
                        "response_bytes",
                        "duration_ms",
                        "attempts");
    }

    @Test
    void hasNoHeaderButTheHost() {
        assertThat(line(Entries.retried())).doesNotContain("curl").doesNotContain("from.example");
    }

    @Test
    void anAnswerThatBrokeOffHasItsStatusAndItsOutcome() {
        Attempted broken = new Attempted("a", Outcome.RESET, 200, 1, 2, 3);
        JsonObject json = json(Entries.entry(Entries.asked("/"), new Answered(200, Ending.BROKEN_OFF, "", 3), broken));
        assertThat(json.get("ended").getAsString()).isEqualTo("broken-off");
        JsonObject attempt = json.getAsJsonArray("attempts").get(0).getAsJsonObject();
        assertThat(attempt.get("outcome").getAsString()).isEqualTo("reset");
        assertThat(attempt.get("status").getAsInt()).isEqualTo(200);
    }

    /** Whatever clients send: one line of ASCII, out of which a parser reads what was sent. */
    @Test
    void hostileTextsComeOutAsTheyWentIn() {
        for (String hostile : new String[] {
            "/\"",
            "/\\",
            "/\\\"",
            "/\"}\n{\"status\":200",
            "/\r\n",
            "/\u0000\u001b[31m",
            "/\u007f\u0085\u009b2J",
            "/ä\u2028\ud83d",
            "/\\u0022"
        }) {
            String line = line(Entries.of(hostile));
            assertThat(line).matches("[ -~]+\n");
            assertThat(JsonParser.parseString(line)
                            .getAsJsonObject()
                            .get("path")
                            .getAsString())
                    .isEqualTo(hostile);
        }
    }

    @Test
    void randomTextsComeOutAsTheyWentIn() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("/");
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            Asked asked = new Asked("GET", text.toString(), text.toString(), "HTTP/1.1", "", "", 0);
            String line = line(Entries.entry(asked, new Answered(200, Ending.COMPLETE, "", 0)));
            assertThat(line).matches("[ -~]+\n");
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            assertThat(json.get("path").getAsString()).isEqualTo(text.toString());
            assertThat(json.get("host").getAsString()).isEqualTo(text.toString());
        }
    }

    private static JsonObject json(AccessRecord entry) {
        return JsonParser.parseString(line(entry)).getAsJsonObject();
    }

    private static String line(AccessRecord entry) {
        StringBuilder line = new StringBuilder();
        new JsonLines().append(entry, line);
        return line.toString();
    }
}
