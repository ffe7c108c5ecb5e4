package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of any program to its end, with an environment that holds nothing but what is given. */
record Ran(int exit, String out, String err) {
    private static final int PATIENCE_S = 120;

    static Ran of(List<String> words, Map<String, String> environment) throws Exception {
        return of(words, environment, Path.of("/dev/null"));
    }

    static Ran of(List<String> words, Map<String, String> environment, Path input) throws Exception {
        var err = Files.createTempFile("ran", ".err");
        try {
            var builder = new ProcessBuilder(words).redirectError(err.toFile()).redirectInput(input.toFile());
            builder.environment().clear();
            builder.environment().put("PATH", "/usr/bin:/bin");
            builder.environment().putAll(environment);
            var process = builder.start();
            var out = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            return new Ran(process.exitValue(), out.strip(), Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
