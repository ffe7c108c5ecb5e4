package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "SECURITY.md", "docs/risks.md"})
    @DisplayName("D8.11: the stop is called a software stop, and not an emergency stop device of ISO 13850")
    void stop(String page) throws IOException {
        var text = Files.readString(Path.of("..").resolve(page)).replaceAll("\\s+", " ");

        assertThat(text).containsIgnoringCase("software stop").contains("ISO 13850");
    }
}
