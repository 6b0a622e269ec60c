package io.fairlead.health.probe;

import static io.fairlead.health.probe.ExpectedBody.Found.GAVE_UP;
import static io.fairlead.health.probe.ExpectedBody.Found.NO;
import static io.fairlead.health.probe.ExpectedBody.Found.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.probe.ExpectedBody.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedBodyTest {
    @Test
    void aTextIsFoundAsItIs() {
        assertThat(find("ready", "I am ready.")).isEqualTo(YES);
        assertThat(find("ready", "I am Ready.")).isEqualTo(NO);
        assertThat(find("a.c", "abc")).isEqualTo(NO);
        assertThat(find("/status", "/status"))
                .as("one slash makes no expression")
                .isEqualTo(YES);
        assertThat(find("/", "a/b")).isEqualTo(YES);
        assertThat(find("gr\u00fcn", "alles gr\u00fcn")).isEqualTo(YES);
    }

    @Test
    void anExpressionIsFoundAnywhere() {
        assertThat(find("/\"status\"\\s*:\\s*\"(up|ok)\"/", "{ \"status\" : \"ok\" }"))
                .isEqualTo(YES);
        assertThat(find("/(?i)READY/", "ready")).isEqualTo(YES);
        assertThat(find("/^ok$/", "ok\nok")).isEqualTo(NO);
        assertThat(find("/(?m)^ok$/", "no\nok")).isEqualTo(YES);
        assertThat(find("/a//", "xa/")).isEqualTo(YES);
    }

    @Test
    void anExpressionThatCannotBeCompiledIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> new ExpectedBody("/a(b/"))
                .hasMessage("\"/a(b/\": Unclosed group at character 4 (expected: text, or a /regular expression/)");
        assertThatThrownBy(() -> new ExpectedBody("/[z-a]/"))
                .hasMessageContaining("Illegal character range")
                .hasMessageContaining("at character");
        assertThatThrownBy(() -> new ExpectedBody("//")).hasMessage("\"//\" (expected: something between the slashes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/(a+)+$/", "/(a|aa)+$/", "/(a|a?)+$/", "/(.*a){20}b/", "/(?s)(.*)*x/", "/a*a*a*a*a*a*b/"})
    void anExpressionThatBacktracksWithoutEndIsGivenUp(String expression) {
        String body = "a".repeat(ExpectedBody.LONGEST - 1) + "!";
        assertThat(find(expression, body)).isEqualTo(GAVE_UP);
    }

    @Test
    void theSameExpressionMayBeGoodForOtherBodies() {
        assertThat(find("/(a+)+$/", "aaaa")).isEqualTo(YES);
    }

    @Test
    void anOrdinaryExpressionIsNotGivenUpOnTheLargestBody() {
        String body = "x\n".repeat(ExpectedBody.LONGEST / 2 - 4) + "ready";
        assertThat(find("/rea(dy|son)/", body)).isEqualTo(YES);
        assertThat(find("/\"status\"\\s*:\\s*\"(up|ok)\"/", body)).isEqualTo(NO);
        assertThat(find("/(?s).*ready/", body)).isEqualTo(YES);
        assertThat(find("/(?i)healthy|running|up/", body)).isEqualTo(NO);
    }

    @Test
    void nothingExpectedIsNotSet() {
        assertThat(new ExpectedBody("").isSet()).isFalse();
        assertThat(new ExpectedBody("x")).isEqualTo(new ExpectedBody("x"));
    }

    private static Found find(String expected, String body) {
        return new ExpectedBody(expected).search().in(body);
    }
}
