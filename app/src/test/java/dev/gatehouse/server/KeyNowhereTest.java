package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A whole run with a model that gives its caller's key away wherever it can (threats.md T8.1). */
@Timeout(60)
class KeyNowhereTest {
    private static String chattering(JsonNode request) {
        if (Json.line(request.path("messages").path(0)).contains("break")) {
            return "event: message_start\ndata: {\"type\":\"" + Caller.KEY + "\"}\n\n";
        }
        return switch (FakeModel.responses(request)) {
            case 0 ->
                FakeModel.calls(List.of(
                        FakeModel.call("mcp__robot__render"),
                        FakeModel.call(Caller.KEY),
                        FakeModel.capability(Caller.KEY)));
            default -> FakeModel.says("the key is " + Caller.KEY);
        };
    }

    @Test
    @DisplayName("T8.1: the key of a caller is in no event, answer, prompt, audit record or file, whatever fails")
    void nowhere() throws IOException {
        var said = new ArrayList<String>();
        try (var model = FakeModel.thinking(KeyNowhereTest::chattering);
                var server = TestServer.with().model(model.url()).start()) {
            var caller = server.as(Who.READER);
            for (var words : List.of("report", "my key is " + Caller.KEY, "break")) {
                var log = server.as(Who.WATCHER).run(goal(words, ",\"stream\":\"full\""));
                said.add(log.toString());
                said.add(server.as(Who.WATCHER).get("/v1/tasks/" + log.taskId()).text());
                said.add(server.as(Who.WATCHER)
                        .get("/v1/tasks/" + log.taskId() + "/events?follow=0&stream=full")
                        .text());
            }
            said.add(caller.post("/dispatch", "{\"goal\":").text());
            said.add(caller.post("/dispatch", goal("x", ",\"effect\":\"actuate\""))
                    .text());
            said.add(caller.get("/v1/tasks").text());
            said.add(caller.get("/openapi.json").text());
            said.add(server.as(Who.ADMIN).get("/v1/status").text());
            said.addAll(model.asked().keySet().stream()
                    // What the model itself has said comes back to it, and so does the goal.
                    .map(request -> Json.line(request.path("system")) + request.path("tools"))
                    .toList());
            server.stop();
            try (var files = Files.walk(server.state())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    said.add(file + ": " + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        for (var text : said) {
            assertThat(text.contains(Caller.KEY)).as(around(text)).isFalse();
        }
    }

    /** Where it stands; the whole would be too much to read. */
    private static String around(String text) {
        var at = Math.max(0, text.indexOf(Caller.KEY));
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
    }
}
