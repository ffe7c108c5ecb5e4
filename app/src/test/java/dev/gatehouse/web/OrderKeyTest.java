package dev.gatehouse.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderKeyTest {
    @Test
    @DisplayName("3.2: a string in quotes and a bare token spell the same key")
    void forms() {
        assertThat(OrderKey.parse(List.of("8e03978e-40d5-43dd-bc93-6894a57f9324")))
                .isEqualTo(OrderKey.parse(List.of("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")))
                .hasValue("8e03978e-40d5-43dd-bc93-6894a57f9324");
        assertThat(OrderKey.parse(List.of("  \"a \\\"b\\\" \\\\ c\" "))).hasValue("a \"b\" \\ c");
        assertThat(OrderKey.parse(List.of("x".repeat(255)))).isPresent();
        assertThat(OrderKey.parse(List.of("\"" + "x".repeat(255) + "\""))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "\"open", "a b", "a,b", "\"a\";p=1", "\"a\" \"b\"", "\"\\n\"", "ä", "\"a\u0001b\""})
    @DisplayName("3.2: anything else is no key")
    void malformed(String header) {
        assertThat(OrderKey.parse(List.of(header))).isEmpty();
    }

    @Test
    @DisplayName("3.2: a key is at most 255 characters, and there is one")
    void bounds() {
        assertThat(OrderKey.parse(List.of("x".repeat(256)))).isEmpty();
        assertThat(OrderKey.parse(List.of("a", "a"))).isEmpty();
    }
}
