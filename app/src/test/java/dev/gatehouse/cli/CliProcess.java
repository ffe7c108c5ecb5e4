package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The program in a process of its own, with what it says on standard error. */
final class CliProcess implements AutoCloseable {
    private static final int PATIENCE_S = 60;

    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private CliProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (var reader = process.errorReader(UTF_8)) {
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    said.add(line);
                }
            } catch (IOException e) {
                // A process that is ended by force has its streams closed under its reader.
                said.add(e.toString());
            }
        });
    }

    static CliProcess start(List<String> arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** With these variables on top of the test's own. */
    static CliProcess start(Map<String, String> variables, List<String> arguments) throws IOException {
        var builder = new ProcessBuilder(words(List.of(), arguments)).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        return new CliProcess(builder.start());
    }

    /** Runs a verb to its end, somewhere and for somebody else: with their home, variables and input. */
    static CliRun run(
            Path workingDirectory, Path home, Map<String, String> environment, String input, String... arguments)
            throws Exception {
        var out = Files.createTempFile("cli", ".out");
        var err = Files.createTempFile("cli", ".err");
        try {
            var builder = new ProcessBuilder(words(List.of("-Duser.home=" + home), List.of(arguments)))
                    .directory(workingDirectory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            try (var process = new CliProcess(builder.start())) {
                try (var in = process.process.outputWriter(UTF_8)) {
                    in.write(input);
                }
                return new CliRun(process.exit(PATIENCE_S), Files.readString(out), Files.readString(err));
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static List<String> words(List<String> options, List<String> arguments) {
        // A run in the background hands down an ignored Ctrl-C, which no Java can take up again.
        var words = new ArrayList<String>(List.of(
                "/usr/bin/env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        words.addAll(options);
        words.add(Main.class.getName());
        words.addAll(arguments);
        return words;
    }

    /** Waits for a line on standard error. */
    String await(Predicate<String> wanted) throws InterruptedException {
        for (var line = said.poll(PATIENCE_S, TimeUnit.SECONDS);
                line != null;
                line = said.poll(PATIENCE_S, TimeUnit.SECONDS)) {
            seen.add(line);
            if (wanted.test(line)) {
                return line;
            }
        }
        throw new AssertionError("not said: " + seen);
    }

    void signal(String name) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Waits for the end and says the exit code. */
    int exit(int withinSeconds) throws InterruptedException {
        assertThat(process.waitFor(withinSeconds, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
