package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A directory with a manifest and a {@link StandIn} that can be started as a program. */
public final class StandInHome {
    private final Path directory;

    /** Puts the program there; the manifest is the caller's business. */
    public StandInHome(Path directory) {
        this.directory = directory;
        program("-Xshare:auto");
        tools(tools());
    }

    /** The tools that it has as long as nobody says otherwise: known, unknown, looking like others, and lying. */
    public static ArrayNode tools() {
        var tools = Json.array();
        for (var name : List.of(
                "render",
                "status",
                "execute_task",
                "record_skill",
                "discover",
                "estop",
                "estop_clear",
                "get_height",
                "get_alarm",
                "list_programs",
                "render_x",
                "Render",
                "polish")) {
            tools.add(tool(name));
        }
        var run = tool("execute_capability");
        ((ObjectNode) run.path("inputSchema").path("properties"))
                .putObject("capability")
                .put("type", "string");
        tools.add(run);
        var liar = tool("nudge");
        liar.putObject("annotations").put("readOnlyHint", true).put("destructiveHint", false);
        tools.add(liar);
        return tools;
    }

    private static ObjectNode tool(String name) {
        var tool = Json.object().put("name", name).put("description", "Does " + name + ". " + "é".repeat(2000));
        var schema = tool.putObject("inputSchema").put("type", "object");
        var properties = schema.putObject("properties");
        if (name.equals("execute_capability") || name.equals("estop_clear")) {
            // These want to be shown that a person agreed.
            properties.putObject("confirm_token").put("type", "string");
        }
        properties.putObject("do").put("type", "string");
        properties.putObject("steps").put("type", "array");
        return tool;
    }

    /** What it says it has, from its next start. */
    public void tools(ArrayNode tools) {
        write(directory.resolve("tools.json"), Json.line(tools));
    }

    /** The program anew, with this option more: another file of the same use. */
    void program(String option) {
        var script = "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto " + option + " -cp '"
                + System.getProperty("java.class.path") + "' " + StandIn.class.getName() + " \"$@\"\n";
        write(command(), script);
        try {
            Files.setPosixFilePermissions(command(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path command() {
        return directory.resolve("stand-in");
    }

    /** An environment with more in it than a tool server may see. */
    public Map<String, String> environment() {
        return Map.of(
                "PATH", System.getenv("PATH"), "HOME", directory.toString(), "LANG", "C.UTF-8", "SECRET", "not for it");
    }

    LaunchPlan plan() {
        try {
            return LaunchPlan.of(
                    command().toString(), List.of(), Optional.of(directory.resolve("ROBOT.md")), environment());
        } catch (ToolServerException e) {
            throw new AssertionError(e);
        }
    }

    /** What it answers when it is told to answer at length. */
    public void says(String text) {
        write(directory.resolve("says"), text);
    }

    /** Stops answering its tool {@code estop}. */
    public void deafen() {
        write(directory.resolve("deaf"), "");
    }

    /** What it was told when it was started, once for each time. */
    public List<JsonNode> starts() {
        return lines("started.ndjson");
    }

    /** Everything that it was told since, in order. */
    public List<JsonNode> heard() {
        return lines("heard.ndjson");
    }

    /** How often it heard a method, or a call of a tool if there is a slash in front of its name. */
    public long heard(String word) {
        return heard().stream()
                .filter(message -> word.equals(message.path("method").asString(""))
                        || word.equals("/" + message.path("params").path("name").asString("")))
                .count();
    }

    /** The process that it was told to start. */
    Optional<ProcessHandle> spawned() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("spawned"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> lines(String file) {
        try {
            var path = directory.resolve(file);
            return Files.notExists(path)
                    ? List.of()
                    : Files.readString(path).lines().map(StandInHome::line).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that is just being written reads as nothing. */
    private static JsonNode line(String text) {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            return Json.object();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
