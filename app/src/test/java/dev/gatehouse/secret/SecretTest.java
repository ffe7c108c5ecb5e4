package dev.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    @DisplayName("T8: it cannot be printed by accident")
    void prints() {
        try (var secret = Secret.of("sk-ant-hunter2")) {
            assertThat("key " + secret).isEqualTo("key [secret]");
            assertThat(secret.reveal()).isEqualTo("sk-ant-hunter2");
        }
    }

    @Test
    @DisplayName("D14.5: the fingerprint is the beginning of the SHA-256")
    void fingerprint() {
        try (var secret = Secret.of("abc")) {
            assertThat(secret.fingerprint()).isEqualTo("ba7816bf8f01");
        }
    }

    @Test
    @DisplayName("T8.4: after its end it is gone")
    void wiped() {
        var secret = Secret.of("abc");

        secret.close();
        secret.close();

        assertThatThrownBy(secret::reveal).isInstanceOf(IllegalStateException.class);
        assertThat(secret.fingerprint()).isEqualTo("ba7816bf8f01");
    }

    @Test
    void equalOnlyToItself() {
        try (var one = Secret.of("a");
                var other = Secret.of("a")) {
            assertThat(one).isNotEqualTo(other);
        }
    }
}
