package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine, run to its end with nothing but the given environment. */
record Program(int exit, String out, String err) {
    private static final int PATIENCE_S = 90;

    /** Skips the test where the machine has no such program, and says so. */
    static void needed(String... names) {
        for (var name : names) {
            var found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
            if (!found) {
                System.err.println("SKIPPED: this example needs " + name);
                Assumptions.abort("no " + name);
            }
        }
    }

    static Program run(Path directory, Map<String, String> environment, String... words) throws Exception {
        var out = Files.createTempFile("example", ".out");
        var err = Files.createTempFile("example", ".err");
        try {
            var process = start(directory, environment, words)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            return new Program(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static ProcessBuilder start(Path directory, Map<String, String> environment, String... words) {
        var builder = new ProcessBuilder(words).directory(directory.toFile());
        var all = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", directory.toString()));
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        return builder;
    }

    /** Puts a {@code gatehouse} into a directory and gives a PATH on which it comes first. */
    static String installed(Path directory) throws IOException {
        var words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        var script = directory.resolve("gatehouse");
        Files.writeString(
                script, "#!/bin/sh\nexec '" + String.join("' '", words) + "' \"$@\"\n", StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return directory + File.pathSeparator + System.getenv("PATH");
    }
}
