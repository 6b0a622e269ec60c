package io.fairlead.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemberTest {
    @Test
    void anAddressIsItsOwnIp() {
        assertThat(member("10.0.0.1:80").ip()).isEqualTo("10.0.0.1");
        assertThat(member("[::1]:80").ip()).isEqualTo("::1");
        assertThat(member("[::1]:80").isNamed()).isFalse();
    }

    @Test
    void aNameHasNoIpUntilItIsResolved() {
        Member member = member("app.internal:80");
        assertThat(member.isNamed()).isTrue();
        assertThat(member.ip()).isNull();

        member.resolved("10.0.0.1");
        assertThat(member.ip()).isEqualTo("10.0.0.1");
        assertThat(member.isNamed()).isTrue();
    }

    @Test
    void isTheSameOnlyAsItself() {
        assertThat(member("10.0.0.1:80")).isNotEqualTo(member("10.0.0.1:80")).hasToString("app/a");
    }

    @Test
    void aCandidateHasAPositiveWeight() {
        Member member = member("10.0.0.1:80");
        assertThat(new Candidate(member, 0.01).weight()).isEqualTo(0.01);
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Candidate(member, weight)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Member member(String address) {
        return new Member("app", "a", MemberAddress.parse(address));
    }
}
