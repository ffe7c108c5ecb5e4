package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows the wires of the flow from a button to its end, as Node-RED does. */
class NodeRedExampleTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)\\}");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GATEHOUSE_TOKEN", Who.READER.token(), "GATEHOUSE_STOP_TOKEN", Who.BUTTON.token());

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static JsonNode flow;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        flow = Json.read(new Example("node-red").text("flow.json", server));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static JsonNode node(String id) {
        return flow.valueStream()
                .filter(node -> node.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node " + id));
    }

    /** Presses a button; the message that comes out at the end of the wires. */
    private static ObjectNode press(String button) throws Exception {
        var message = Json.object();
        for (var next = node(button).path("wires").path(0).path(0).asString("");
                !next.isEmpty();
                next = node(next).path("wires").path(0).path(0).asString("")) {
            pass(node(next), message);
        }
        return message;
    }

    private static void pass(JsonNode node, ObjectNode message) throws Exception {
        switch (node.path("type").asString()) {
            case "change" -> {
                for (var rule : node.path("rules")) {
                    set(message, rule.path("p").asString(), value(rule));
                }
            }
            case "http request" -> request(node, message);
            case "delay" ->
                await().until(() -> Example.task(
                                server,
                                Who.READER,
                                message.path("payload").path("id").asString())
                        .path("terminal")
                        .booleanValue());
            case "debug" -> assertThat(node.path("complete").asString()).isEqualTo("payload");
            default -> throw new AssertionError(node);
        }
    }

    private static JsonNode value(JsonNode rule) throws Exception {
        assertThat(rule.path("t").asString() + rule.path("pt").asString()).isEqualTo("setmsg");
        var to = rule.path("to").asString();
        return switch (rule.path("tot").asString()) {
            case "env" -> Json.tree(VARIABLE.matcher(to).replaceAll(found -> ENVIRONMENT.get(found.group(1))));
            case "json" -> Json.read(to);
            case "str" -> Json.tree(to);
            default -> throw new AssertionError(rule);
        };
    }

    private static void set(ObjectNode message, String property, JsonNode value) {
        var dot = property.indexOf('.');
        if (dot < 0) {
            message.set(property, value);
        } else {
            message.withObject(property.substring(0, dot)).set(property.substring(dot + 1), value);
        }
    }

    private static void request(JsonNode node, ObjectNode message) throws Exception {
        var headers = new HashMap<String, String>();
        message.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        var url = node.path("url")
                .asString()
                .replace("{{{payload.id}}}", message.path("payload").path("id").asString(""));
        var payload = message.path("payload");
        var sends = node.path("method").asString().equals("POST") && payload.isObject();
        var answer = Example.send(node.path("method").asString(), url, headers, sends ? Json.line(payload) : "");
        message.put("statusCode", answer.status());
        message.set("payload", answer.json());
    }

    @Test
    @DisplayName("STOP stops with a token that can do nothing else")
    void stop() throws Exception {
        var message = press("stop");

        assertThat(message.path("statusCode").asInt()).isEqualTo(200);
        assertThat(message.path("payload").path("latched").booleanValue()).isTrue();
        server.clear();
    }

    @Test
    @DisplayName("Look hands over a goal and shows the task with its result")
    void look() throws Exception {
        var message = press("look");

        assertThat(message.path("statusCode").asInt()).isEqualTo(200);
        assertThat(message.path("payload").path("state").asString()).isEqualTo("completed");
        assertThat(message.path("payload").path("result").path("summary").asString())
                .isNotBlank();
    }
}
