package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    private static final Excerpt PLAIN = new Excerpt(List.of());

    @Test
    void isOneLineOfWhatCanBePrinted() {
        assertThat(PLAIN.of("")).isEmpty();
        assertThat(PLAIN.of(" \r\n\t ")).isEmpty();
        assertThat(PLAIN.of("{\r\n  \"status\": \"starting\"\n}\n")).isEqualTo("{ \"status\": \"starting\" }");
        assertThat(PLAIN.of("a\u001b[31mred\u0000\u007f\u00e4")).isEqualTo("a.[31mred...");
    }

    @Test
    void isNeverMoreThanTheFirst200Bytes() {
        assertThat(PLAIN.of("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(PLAIN.of("x".repeat(201))).isEqualTo("x".repeat(200) + "...");
        assertThat(PLAIN.of(new byte[5000], 5000)).isEqualTo(".".repeat(200) + "...");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "no access: token=abc123 for you | no access: token=*** for you",
                "access_token = abc&x=1 | access_token = ***&x=1",
                "{\"password\": \"a b c\", \"x\": 1} | {\"password\": \"***\", \"x\": 1}",
                "password: correct horse battery, user: me | password: ***, user: me",
                "PASSWD='x y' next | PASSWD='***' next",
                "client_secret_key=s3cret; more | client_secret_key=***; more",
                "api-key: 12345 | api-key: ***",
                "Authorization: Basic dXNlcjpwYXNz | Authorization: ***",
                "got Bearer abc.def-ghi/1= today | got Bearer *** today",
                "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end | jwt *** end",
                "postgres://app:hunter2@db:5432/x failed | postgres://app:***@db:5432/x failed",
                "the token is missing | the token is missing",
                "db: connection refused | db: connection refused"
            })
    void masksWhatLooksLikeASecret(String text, String shown) {
        assertThat(PLAIN.of(text)).isEqualTo(shown);
    }

    @Test
    void masksTheValuesOfTheProbesOwnHeaders() {
        Excerpt excerpt = new Excerpt(List.of("Bearer zug-spitze", "app=one; sid=q1w2e3r4", "yes"));
        assertThat(excerpt.of("you sent Bearer zug-spitze")).isEqualTo("you sent ***");
        assertThat(excerpt.of("zug-spitze is unknown, q1w2e3r4 too")).isEqualTo("*** is unknown, *** too");
        assertThat(excerpt.of("yes, app=one!")).isEqualTo("yes, app=one!");
    }

    @Test
    void masksASecretThatGoesOnBehindWhatIsShown() {
        String secret = "s".repeat(300);
        Excerpt excerpt = new Excerpt(List.of(secret));
        byte[] body = ("x".repeat(190) + secret + " and more").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(excerpt.of(body, body.length)).isEqualTo("x".repeat(190) + "***...");
    }

    @Test
    void masksTheBeginningOfASecretThatWasCutOff() {
        Excerpt excerpt = new Excerpt(List.of("hunter2hunter2"));
        assertThat(excerpt.of("you sent hunter2hu")).isEqualTo("you sent ***");
        assertThat(excerpt.of("token=abc")).isEqualTo("token=***");
    }

    @Test
    void takesItsTimeForNoText() {
        Random random = new Random(5);
        String letters = "token password=:\"' \r\nbearer eyJ://@secret";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 400; j++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(PLAIN.of(text.toString()).length()).isLessThan(450);
        }
    }
}
