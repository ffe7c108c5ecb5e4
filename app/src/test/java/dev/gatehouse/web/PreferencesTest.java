package dev.gatehouse.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {
    @Test
    @DisplayName("3.2: preferences are read from one header or several, in any case, with parameters left aside")
    void read() {
        assertThat(Preferences.of(List.of("handling=lenient, Respond-Async;x=1, wait=\"20\"")))
                .isEqualTo(Preferences.of(List.of("wait=20", "respond-async")));
        assertThat(Preferences.of(List.of("wait=1, wait=9")).waiting()).hasValue(Duration.ofSeconds(1));
        assertThat(Preferences.of(List.of("wait=600")).waiting()).hasValue(Preferences.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=601", "wait=-1", "wait=soon", "wait", "await=3", "not-respond-async", ""})
    @DisplayName("3.2: what is unknown or out of range is no preference")
    void ignored(String header) {
        var wishes = Preferences.of(List.of(header));

        assertThat(wishes.async()).isFalse();
        assertThat(wishes.waiting()).isEmpty();
    }
}
