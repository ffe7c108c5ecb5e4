package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.dispatch.Task;
import dev.gatehouse.dispatch.TaskFilter;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.dispatch.TaskStore;
import dev.gatehouse.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One server in a process of its own, from its first word to its last. */
class ServeProcessTest {
    private static final Pattern READY =
            Pattern.compile("gatehouse: ready on (http://127\\.0\\.0\\.1:[0-9]+), stop listener on port [0-9]+");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    private static HttpRequest.Builder request(Arm arm, String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + arm.token());
    }

    private JsonNode status(Arm arm, String server) throws Exception {
        return Json.read(http.send(request(arm, server + "/v1/status").build(), BodyHandlers.ofString(UTF_8))
                .body());
    }

    /** A goal whose last step waits for a person, so that the task is open for as long as the test likes. */
    private BufferedReader dispatch(Arm arm, String server) throws Exception {
        var body = HttpRequest.BodyPublishers.ofString("{\"goal\": \"pick the red cube and place it in the bin\"}");
        var answer = http.send(
                request(arm, server + "/dispatch")
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    private static JsonNode event(BufferedReader events, String type) throws Exception {
        for (var line = events.readLine(); line != null; line = events.readLine()) {
            var event = Json.read(line);
            if (event.path("type").asString().equals(type)) {
                return event;
            }
        }
        throw new IOException("the stream ended without " + type);
    }

    @Test
    @DisplayName("D16.4: ready, SIGHUP takes a changed ROBOT.md, SIGTERM ends tasks and exits 0 within 15 s")
    void life() throws Exception {
        var arm = Arm.setUp(directory);
        try (var server = CliProcess.start(arm.serve())) {
            var ready = READY.matcher(server.await(line -> READY.matcher(line).matches()));
            assertThat(ready.matches()).isTrue();
            var url = ready.group(1);
            assertThat(status(arm, url).at("/manifest/changed").booleanValue()).isFalse();

            Files.writeString(arm.file("ROBOT.md"), "\nIt squeaks.\n", StandardOpenOption.APPEND);
            assertThat(status(arm, url).at("/manifest/changed").booleanValue()).isTrue();
            server.signal("HUP");
            await().until(() -> !status(arm, url).at("/manifest/changed").booleanValue());

            try (var events = dispatch(arm, url)) {
                event(events, "approval_required");
                server.signal("TERM");
                assertThat(server.exit(15)).isZero();
            }
        }
        try (var store = TaskStore.open(arm.state())) {
            assertThat(store.list(TaskFilter.ALL, 10)).extracting(Task::state).containsExactly(TaskState.CANCELED);
        }
        assertThat(CliRun.of(
                                "audit",
                                "verify",
                                "--dir",
                                arm.state().resolve("audit").toString())
                        .exit())
                .isZero();
    }
}
