package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * An answer of Fairlead's own, as RFC 9457 writes it.
 *
 * @param status the same as in the status line
 * @param why the word from the documented list
 * @param detail a sentence for people
 */
record Problem(int status, String why, String detail) {
    /** The answer must be a problem with this status and word. */
    static Problem expect(Answer answer, int status, String why) {
        Problem problem = of(answer);
        assertThat(problem.status).as("%s", answer.text()).isEqualTo(status);
        assertThat(problem.why).as("%s", answer.text()).isEqualTo(why);
        return problem;
    }

    /** The answer must be a problem. */
    static Problem of(Answer answer) {
        assertThat(answer.head().values("content-type")).as("%s", answer).containsExactly("application/problem+json");
        JsonObject json = JsonParser.parseString(answer.text()).getAsJsonObject();
        assertThat(json.keySet()).contains("type", "title", "status", "detail", "why");
        assertThat(json.get("status").getAsInt()).isEqualTo(answer.status());
        return new Problem(
                answer.status(),
                json.get("why").getAsString(),
                json.get("detail").getAsString());
    }
}
