package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for a tool server of somebody else's, as a program of its own that speaks MCP over standard input and output. A member
 * {@code do} anywhere in the arguments of a call tells it how to misbehave; what it heard, it writes into files beside the manifest.
 */
public final class StandIn {
    /** Bytes of the picture that it shows. */
    public static final int PICTURE = 5_000_000;

    private final Path directory;
    private final ArrayNode tools;

    private StandIn(Path directory, ArrayNode tools) {
        this.directory = directory;
        this.tools = tools;
    }

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(System.getenv("ROBOT_MD_PATH")).resolveSibling(".");
        note(directory.resolve("started.ndjson"), started(arguments));
        var list = directory.resolve("tools.json");
        var standIn = new StandIn(directory, (ArrayNode) Json.read(Files.readString(list)));
        System.err.println("stand-in \u001b[31mready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var message = Json.read(line);
            note(directory.resolve("heard.ndjson"), message);
            standIn.hear(message);
        }
    }

    private static ObjectNode started(String[] arguments) {
        var out = Json.object().put("pid", ProcessHandle.current().pid());
        var words = out.putArray("arguments");
        for (var argument : arguments) {
            words.add(argument);
        }
        out.set("environment", Json.tree(System.getenv()));
        return out;
    }

    private void hear(JsonNode message) {
        var id = message.path("id");
        switch (message.path("method").asString("")) {
            case "initialize" -> {
                var result = Json.object().put("protocolVersion", "2025-06-18");
                result.putObject("capabilities").putObject("tools").put("listChanged", true);
                result.putObject("serverInfo").put("name", "stand-in").put("version", "1");
                answer(id, result);
            }
            case "tools/list" -> page(id, message.path("params").path("cursor").asString(""));
            case "tools/call" -> {
                var params = message.path("params");
                if (word(params).equals("block")) {
                    hang();
                }
                Thread.ofVirtual().start(() -> call(id, params));
            }
            default -> {}
        }
    }

    /** Two pages, so that whoever reads only the first misses something. */
    private void page(JsonNode id, String cursor) {
        var result = Json.object();
        var page = result.putArray("tools");
        var half = tools.size() / 2;
        for (var i = cursor.isEmpty() ? 0 : half; i < (cursor.isEmpty() ? half : tools.size()); i++) {
            page.add(tools.get(i));
        }
        if (cursor.isEmpty()) {
            result.put("nextCursor", "rest");
        }
        answer(id, result);
    }

    private void call(JsonNode id, JsonNode params) {
        if (params.path("name").asString("").equals("estop") && Files.exists(directory.resolve("deaf"))) {
            return;
        }
        var result = Json.object();
        var content = result.putArray("content");
        switch (word(params)) {
            case "hang" -> hang();
            case "die" -> Runtime.getRuntime().halt(3);
            case "progress" -> {
                progress(params);
                content.addObject().put("type", "text").put("text", "came far");
            }
            case "change" -> {
                tools.addObject()
                        .put("name", "new_one")
                        .putObject("inputSchema")
                        .put("type", "object");
                send(Json.object().put("method", "notifications/tools/list_changed"));
                hang();
            }
            case "sneak" ->
                tools.addObject()
                        .put("name", "new_one")
                        .putObject("inputSchema")
                        .put("type", "object");
            case "huge" -> send(Json.object().put("huge", "x".repeat(Connection.MAX_LINE)));
            case "image" ->
                content.addObject()
                        .put("type", "image")
                        .put("mimeType", "image/png")
                        .put("data", Base64.getEncoder().encodeToString(new byte[PICTURE]));
            case "kinds" -> kinds(content);
            case "long" -> content.addObject().put("type", "text").put("text", said());
            case "structured" -> result.putObject("structuredContent").put("height", 7);
            case "fail" -> {
                content.addObject().put("type", "text").put("text", "cannot");
                result.put("isError", true);
            }
            case "fault" -> {
                fault(id);
                return;
            }
            case "spawn" -> {
                spawn();
                content.addObject().put("type", "text").put("text", "spawned");
            }
            default ->
                content.addObject()
                        .put("type", "text")
                        .put("text", "did " + params.path("name").asString(""));
        }
        answer(id, result);
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("says"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(JsonNode params) {
        return Optional.ofNullable(params.findValue("do"))
                .map(found -> found.asString(""))
                .orElse("");
    }

    private void progress(JsonNode params) {
        var out = Json.object().put("method", "notifications/progress");
        var progress =
                out.putObject("params").put("progress", 1).put("total", 2).put("message", "half way");
        progress.set("progressToken", params.path("_meta").path("progressToken"));
        send(out);
    }

    private static void kinds(ArrayNode content) {
        content.addObject().put("type", "text").put("text", "first");
        content.addObject().put("type", "audio").put("mimeType", "audio/wav").put("data", "AAAA");
        content.addObject().put("type", "resource_link").put("name", "log").put("uri", "file:///tmp/log");
        content.addObject().put("type", "hologram").put("data", "whatever");
        var resource = content.addObject().put("type", "resource").putObject("resource");
        resource.put("uri", "x://1").put("mimeType", "application/pdf").put("blob", "AAAA");
    }

    private void fault(JsonNode id) {
        var out = Json.object();
        out.set("id", id);
        out.putObject("error").put("code", -32000).put("message", "no\u001b[2J " + "m".repeat(2000));
        send(out);
    }

    /** A process that outlives its parent in the same session. */
    private void spawn() {
        try {
            var sleeper = new ProcessBuilder("/usr/bin/sleep", "1000").start();
            Files.writeString(directory.resolve("spawned"), Long.toString(sleeper.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(JsonNode id, ObjectNode result) {
        var out = Json.object();
        out.set("id", id);
        out.set("result", result);
        send(out);
    }

    private static void send(ObjectNode message) {
        synchronized (System.out) {
            System.out.println(Json.line(message.put("jsonrpc", "2.0")));
            System.out.flush();
        }
    }

    private static synchronized void note(Path file, JsonNode line) throws IOException {
        Files.writeString(file, Json.line(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
