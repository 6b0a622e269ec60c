package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void isNeverWritten() {
        Secret secret = Secret.parse("hunter2");
        assertThat(secret).hasToString("***");
        assertThat(secret.isSet()).isTrue();
        assertThat(secret.value()).isEqualTo("hunter2");
    }

    @Test
    void anEmptyOneIsNotSet() {
        assertThat(Secret.parse("").isSet()).isFalse();
        assertThat(Secret.parse("")).hasToString("");
    }

    @Test
    void knowsWhereItCameFromAndDoesNotShowItselfForThat() {
        Secret secret = new Secret("hunter2").takenFrom("${TOKEN}");
        assertThat(secret.reference()).contains("${TOKEN}");
        assertThat(secret).hasToString("***");
        assertThat(new Secret("hunter2").reference()).isEmpty();
    }

    @Test
    void isEqualByItsValueWhereverItCameFrom() {
        assertThat(new Secret("hunter2").takenFrom("${TOKEN}"))
                .isEqualTo(Secret.parse("hunter2"))
                .hasSameHashCodeAs(Secret.parse("hunter2"))
                .isNotEqualTo(new Secret("hunter3").takenFrom("${TOKEN}"));
    }
}
