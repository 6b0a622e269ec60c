package io.fairlead.cli.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberNameTest {
    @Test
    void allBehindTheFirstSlashIsTheMember() {
        assertThat(MemberName.parse("app/10.0.0.1:9001")).isEqualTo(new MemberName("app", "10.0.0.1:9001"));
        assertThat(MemberName.parse("app/[::1]:9001").path())
                .isEqualTo("/api/v1/pools/app/members/%5B%3A%3A1%5D%3A9001");
        assertThat(MemberName.parse("app/a/b c+d").path()).isEqualTo("/api/v1/pools/app/members/a%2Fb%20c%2Bd");
        assertThat(MemberName.parse("app/a/b").toString()).isEqualTo("app/a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "app/", "/a", "/"})
    void bothPartsAreNeeded(String text) {
        assertThatThrownBy(() -> MemberName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a pool and a member");
    }
}
