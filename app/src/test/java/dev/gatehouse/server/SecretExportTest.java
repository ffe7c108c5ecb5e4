package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A model that was made to send a key or a token out through the arguments of a tool (D6.5, threats.md T8.2). */
class SecretExportTest {
    private static List<ObjectNode> disguises(String secret) {
        var half = secret.length() / 2;
        var percent = secret.chars().mapToObj("%%%02x"::formatted).collect(Collectors.joining());
        var split = Json.object().put("a", secret.substring(0, half));
        split.putObject("b").put("c", secret.substring(half));
        return List.of(
                Json.object().put("note", "it is " + secret),
                split,
                Json.object().put("note", Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))),
                Json.object().put("note", percent));
    }

    @Test
    @DisplayName(
            "T8.2: a key or a bearer in arguments, also split, in Base64 or URL-encoded once, is refused, audited and kept nowhere")
    void nothingLeaves() throws IOException {
        var secrets = List.of(Caller.KEY, Who.ADMIN.token());
        var calls = secrets.stream()
                .flatMap(secret -> disguises(secret).stream())
                .map(args -> new FakeModel.Call(
                        "mcp__robot__execute_capability",
                        Json.object().put("capability", "status.report").set("args", args)))
                .toList();
        try (var model = FakeModel.thinking(request ->
                        FakeModel.responses(request) == 0 ? FakeModel.calls(calls) : FakeModel.says("sent"));
                var server = TestServer.with().model(model.url()).start()) {
            var log = server.as(Who.READER).run(goal("report"));

            assertThat(log.ofType("gate_decision"))
                    .hasSize(calls.size())
                    .allMatch(d -> d.path("code").asString().equals("secret_in_arguments"));
            await().until(() -> server.audit("gate_deny").size() == calls.size());
            assertThat(server.audit("gate_deny"))
                    .allMatch(r -> r.path("decision").path("code").asString().equals("secret_in_arguments"));
            server.stop();
            for (var secret : secrets) {
                for (var hidden : disguises(secret)) {
                    for (var piece : hidden.findValuesAsString("note")) {
                        assertNowhere(server, piece);
                    }
                }
                assertNowhere(server, secret.substring(secret.length() / 2));
            }
        }
    }

    private static void assertNowhere(TestServer server, String text) throws IOException {
        try (var files = Files.walk(server.state())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(text);
            }
        }
    }
}
