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
}
