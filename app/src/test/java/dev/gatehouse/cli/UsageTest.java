package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    static Stream<List<String>> verbs() {
        return Stream.of(
                List.of(),
                List.of("init"),
                List.of("serve"),
                List.of("doctor"),
                List.of("install"),
                List.of("validate"),
                List.of("render"),
                List.of("rest"),
                List.of("audit", "verify"),
                List.of("audit", "tail"),
                List.of("audit", "export"),
                List.of("policy", "show"),
                List.of("policy", "pin"),
                List.of("policy", "test"),
                List.of("engines"),
                List.of("drift"));
    }

    private static CliRun run(List<String> verb, String... more) {
        var words = new ArrayList<>(verb);
        words.addAll(Arrays.asList(more));
        return CliRun.of(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void helpHasExamplesAndSucceeds(List<String> verb) {
        var run = run(verb, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Usage: gatehouse", "Examples:", "  gatehouse " + String.join(" ", verb));
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void unknownFlagsAreWrongUsage(List<String> verb) {
        var run = run(verb, "--no-such-flag");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Unknown option: '--no-such-flag'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frobnicate", "Serve", "audit nothing", "audit", "init now"})
    void unknownVerbsAreWrongUsage(String words) {
        var run = CliRun.of(words.split(" ", -1));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).containsAnyOf("Usage: gatehouse", "Did you mean: gatehouse");
    }

    @Test
    void nothingAtAllShowsTheVerbs() {
        var run = CliRun.of();

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("init", "serve", "demo", "doctor", "install", "validate", "render", "approvals", "audit");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void version(List<String> verb) {
        var run = run(verb, "--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("gatehouse ").contains("Java 25");
    }

    @Test
    void helpOfHelp() {
        assertThat(CliRun.of("help", "serve").out())
                .isEqualTo(CliRun.of("serve", "--help").out());
    }
}
