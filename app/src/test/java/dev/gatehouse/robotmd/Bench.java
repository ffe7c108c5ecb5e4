package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.InterlockState;
import dev.gatehouse.robot.LatchState;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.time.InstantTicker;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Resource;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A ROBOT.md in a directory of its own and everything the catalogue offers about it. */
final class Bench {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final Path path;
    private final Served served;
    final List<Tool> tools;
    final RobotOffer offer;

    private Bench(Path path, Mode mode) {
        this.path = path;
        var file = new ManifestFile(path, new InstantTicker());
        var name = ((Manifest) file.read()).servedName().orElse("robot");
        this.served = new Served(file, new RobotName(name), mode);
        this.tools = new ManifestTools(served).tools();
        this.offer = new RobotOffer(served, tools);
    }

    static Bench of(Path directory, String manifest) {
        return of(directory, manifest, new Mode.ManifestOnly());
    }

    static Bench of(Path directory, String manifest, Mode mode) {
        var path = directory.resolve("ROBOT.md");
        write(path, manifest);
        return new Bench(path, mode);
    }

    /** A robot that is open, with a latch or without, and has executed these. */
    static Mode.Actuation actuation(boolean latched, ObjectNode... executions) {
        var latch = latched
                ? Optional.of(new LatchState("est-1", NOW, "somebody", "a reason"))
                : Optional.<LatchState>empty();
        return new Mode.Actuation(
                List::of,
                () -> new InterlockState(latch, Optional.empty(), List.of(), true),
                () -> List.of(executions));
    }

    static String minimal() {
        return fixture("minimal.ROBOT.md");
    }

    static String fixture(String name) {
        try (var in = Objects.requireNonNull(Bench.class.getResourceAsStream("/manifest/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The smallest manifest of a robot with this name. */
    static String named(String name) {
        return minimal()
                .replace("robot_name: tin-mouse", "robot_name: " + Json.line(Json.tree(name)))
                .replace("tin-mouse", name);
    }

    void write(String manifest) {
        write(path, manifest);
    }

    void delete() throws IOException {
        Files.delete(path);
    }

    Path path() {
        return path;
    }

    Resource.Content content(String kind) {
        return offer.resource(served.name().uri(kind)).orElseThrow().content().get();
    }

    String read(String kind) {
        return switch (content(kind)) {
            case Resource.Content.Text(var text) -> text;
            case Resource.Content.Unreadable(var message) -> throw new AssertionError(message);
        };
    }

    JsonNode json(String kind) throws Exception {
        return Json.read(read(kind));
    }

    ToolResult call(String tool) {
        var arguments = Json.object();
        var call = new ToolCall("cal-test", tool, arguments);
        var found =
                tools.stream().filter(t -> t.name().equals(tool)).findFirst().orElseThrow();
        try {
            return found.function()
                    .run(new Invocation(
                            call,
                            new Operation.Read(),
                            Envelope.undeclared(),
                            false,
                            Optional.empty(),
                            Progress.none(),
                            "",
                            "tester",
                            Optional.empty()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The object a tool answers with. */
    JsonNode structured(String tool) {
        return call(tool).structured().orElseThrow();
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
