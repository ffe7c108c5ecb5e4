package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The events of one task, read to the end. */
record Log(List<JsonNode> events) {
    List<JsonNode> ofType(String type) {
        return events.stream().filter(e -> type(e).equals(type)).toList();
    }

    List<JsonNode> durable() {
        return events.stream().filter(e -> e.has("seq")).toList();
    }

    List<String> types() {
        return durable().stream().map(Log::type).toList();
    }

    JsonNode result() {
        assertThat(ofType("result")).hasSize(1);
        return ofType("result").getFirst();
    }

    String status() {
        return result().path("status").asString();
    }

    String errorCode() {
        return result().path("error").path("code").asString("");
    }

    String taskId() {
        return events.getFirst().path("task_id").asString();
    }

    /** D4.2: accepted first, one result last, numbers from 1 without a gap. */
    Log assertWhole() {
        var durable = durable();
        assertThat(types()).startsWith("accepted").endsWith("result");
        assertThat(ofType("result")).hasSize(1);
        for (var i = 0; i < durable.size(); i++) {
            assertThat(durable.get(i).path("seq").longValue()).isEqualTo(i + 1L);
        }
        return this;
    }

    private static String type(JsonNode event) {
        return event.path("type").asString();
    }
}
