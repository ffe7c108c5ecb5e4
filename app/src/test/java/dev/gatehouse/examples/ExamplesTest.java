package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every example. */
class ExamplesTest {
    /** A credential in an argument; headers of curl belong on its standard input. */
    private static final Pattern SECRET_ARGUMENT = Pattern.compile(
            "(-H|--header)[ =]*[\"'](Authorization|X-Anthropic-Api-Key)|--(token|key)[ =][^-]|(-u|--user|--oauth2-bearer) ",
            Pattern.CASE_INSENSITIVE);

    static Stream<Example> all() throws IOException {
        try (var folders = Files.list(Example.ALL)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(folder -> new Example(folder.getFileName().toString()))
                    .filter(example -> !example.name().equals("sim-arm"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("every example says what it does, how to set it up, and what it can and cannot do")
    void readme(Example example) throws IOException {
        assertThat(example.text("README.md"))
                .contains("**What it does.**", "**Set it up.**", "**What it can and cannot do.**");
        assertThat(Files.readString(Example.ALL.resolve("README.md")))
                .contains("[" + example.name() + "](" + example.name() + ")");
    }

    @Test
    @DisplayName("T23.2: no example puts a secret on an argument list")
    void noSecretArguments() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Example.ALL)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                lines(file)
                        .filter(line -> SECRET_ARGUMENT.matcher(line).find())
                        .forEach(line -> found.add(file + ": " + line));
            }
        }

        assertThat(found).isEmpty();
        assertThat(SECRET_ARGUMENT
                        .matcher("curl -H \"Authorization: Bearer $TOKEN\"")
                        .find())
                .isTrue();
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.readString(file).lines();
    }
}
