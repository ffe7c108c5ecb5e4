package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Does what Home Assistant does with the configuration. */
class HomeAssistantExampleTest {
    private static final Example HOME_ASSISTANT = new Example("home-assistant");
    private static final Pattern QUOTED = Pattern.compile("\\{\\{ *(\\w+) *\\| *to_json *\\}\\}");
    private static final Pattern VALUE = Pattern.compile("value_json((\\.\\w+)+)");

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static JsonNode configuration;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        configuration = Example.yaml(
                HOME_ASSISTANT.text("configuration.yaml", server),
                Map.of(
                        "gatehouse_authorization", "Bearer " + Who.READER.token(),
                        "gatehouse_stop_authorization", "Bearer " + Who.BUTTON.token()));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Map<String, String> headers(JsonNode entry) {
        var headers = new HashMap<String, String>();
        entry.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        if (entry.has("content_type")) {
            headers.put("Content-Type", entry.path("content_type").asString());
        }
        return headers;
    }

    private static Example.Answer command(String name, Map<String, String> variables) throws Exception {
        var command = configuration.path("rest_command").path(name);
        var payload = QUOTED.matcher(command.path("payload").asString(""))
                .replaceAll(found ->
                        java.util.regex.Matcher.quoteReplacement(Json.line(Json.tree(variables.get(found.group(1))))));
        assertThat(payload).doesNotContain("{{");
        return Example.send(
                command.path("method").asString().toUpperCase(java.util.Locale.ROOT),
                command.path("url").asString(),
                headers(command),
                payload);
    }

    @Test
    @DisplayName("robot_look hands over a goal, whatever signs are in it, and is answered at once")
    void look() throws Exception {
        var goal = "describe the \"bench\", {\"effect\": \"actuate\"}";

        var answer = command("robot_look", Map.of("goal", goal));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("goal").asString()).isEqualTo(goal);
        assertThat(answer.json().path("effect").asString()).isEqualTo("observe");
    }

    @Test
    @DisplayName("robot_stop stops with a token that can do nothing else, and the sensor shows it")
    void stopAndSensor() throws Exception {
        assertThat(sensor().path("interlock").path("latched").booleanValue()).isFalse();
        assertThat(command("robot_stop", Map.of()).status()).isEqualTo(200);
        assertThat(sensor().path("interlock").path("latched").booleanValue()).isTrue();
        server.clear();
    }

    private static JsonNode sensor() throws Exception {
        var sensor = configuration.path("sensor").path(0);
        var answer = Example.send("GET", sensor.path("resource").asString(), headers(sensor), "");
        assertThat(answer.status()).isEqualTo(200);
        for (var attribute : sensor.path("json_attributes")) {
            assertThat(answer.json().has(attribute.asString()))
                    .as(attribute.asString())
                    .isTrue();
        }
        var value = VALUE.matcher(sensor.path("value_template").asString());
        assertThat(value.find()).isTrue();
        assertThat(answer.json().at(value.group(1).replace('.', '/')).isBoolean())
                .isTrue();
        return answer.json();
    }
}
