package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN =
            List.of("strategy", "members", "host", "on", "max_body_size", "port", "path");

    @Test
    void countsInsertionsDeletionsSubstitutionsAndSwaps() {
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
        assertThat(Spelling.distance("abc", "abc")).isZero();
        assertThat(Spelling.distance("abc", "acb")).isEqualTo(1);
        assertThat(Spelling.distance("abc", "abxc")).isEqualTo(1);
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.distance("ca", "abc")).isEqualTo(3);
    }

    @Test
    void namesTheNearestWordWithinTwoEdits() {
        assertThat(Spelling.nearest("stratgy", KNOWN)).contains("strategy");
        assertThat(Spelling.nearest("startegy", KNOWN)).contains("strategy");
        assertThat(Spelling.nearest("membrs", KNOWN)).contains("members");
        assertThat(Spelling.nearest("prot", KNOWN)).contains("port");
        assertThat(Spelling.nearest("sticky", KNOWN)).isEmpty();
    }

    @Test
    void aShortWordIsNotTakenForAnyOther() {
        assertThat(Spelling.nearest("tls", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("in", KNOWN)).contains("on");
        assertThat(Spelling.nearest("at", List.of("on"))).isEmpty();
    }

    @Test
    void styleIsNoDifference() {
        assertThat(Spelling.nearest("maxBodySize", KNOWN)).contains("max_body_size");
        assertThat(Spelling.nearest("MAX-BODY-SIZE", KNOWN)).contains("max_body_size");
    }
}
