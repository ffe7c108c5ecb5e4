package dev.gatehouse.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each route of robot-md.md section 9 answers. */
class RoutesTest {
    private static final String NOT_FOUND = "404 text/plain;charset=UTF-8 404 Not Found";
    private static final String UNKNOWN_ROBOT = "404 application/json {\"error\":\"unknown robot\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void start() {
        bench = Bench.of(directory, Bench.fixture("minimal"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void restart(String manifest) {
        bench.close();
        bench = Bench.of(directory, manifest);
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + answer.headers().firstValue("Content-Type").orElse("") + " " + answer.body();
    }

    @Test
    @DisplayName("9: health")
    void health() {
        assertThat(shown(bench.get("/health"))).isEqualTo("200 application/json {\"ok\":true,\"robot\":\"tin-mouse\"}");
    }

    @Test
    @DisplayName("9: frontmatter, capabilities and safety as compact JSON")
    void json() {
        assertThat(shown(bench.get("/robots/tin-mouse/frontmatter")))
                .isEqualTo("200 application/json {\"rcan_version\":\"3.0\",\"metadata\":{\"robot_name\":\"tin-mouse\"},"
                        + "\"physics\":{\"type\":\"wheeled\",\"dof\":2},\"drivers\":[{\"id\":\"motors\",\"protocol\":\"pwm\"}],"
                        + "\"safety\":{\"estop\":{\"software\":true,\"response_ms\":250}}}");
        assertThat(shown(bench.get("/robots/tin-mouse/capabilities"))).isEqualTo("200 application/json []");
        assertThat(shown(bench.get("/robots/tin-mouse/safety")))
                .isEqualTo("200 application/json {\"estop\":{\"software\":true,\"response_ms\":250}}");
    }

    @Test
    @DisplayName("9: body verbatim; identity and context in their REST forms")
    void text() {
        restart(Bench.fixture("arm-with-camera"));

        assertThat(shown(bench.get("/robots/clerk/body"))).startsWith("200 text/plain;charset=UTF-8 \n# clerk\n");
        assertThat(bench.get("/robots/clerk/identity").body())
                .isEqualTo("clerk (arm+camera, 4 DoF, 4 capabilities) · manufacturer: Example Works · model: desk-arm"
                        + " · version: 2026.1.0 · rrn: RRN-000000004711 (https://rcan.dev/r/RRN-000000004711)");
        assertThat(bench.get("/robots/clerk/context").body())
                .startsWith("# clerk\n\n**Identity:** clerk (arm+camera, 4 DoF, 4 capabilities) · manufacturer: ")
                .contains(
                        "\n\n**Capabilities:** [\"arm.pick\",\"arm.place\",\"vision.describe\",\"status.report\"]\n\n",
                        "\n\n**Safety:** {\"p66_enabled\":true,",
                        "\n\n## Body\n\n# clerk\n")
                .endsWith("A person agrees before anything moves.");
    }

    @Test
    @DisplayName("9: validate answers 200 also when not ok, and 400 for what does not parse")
    void validate() {
        assertThat(shown(bench.send("POST", "/validate", Bench.fixture("rover"))))
                .startsWith("200 application/json {\"ok\":true,\"summary\":");
        assertThat(shown(bench.send("POST", "/validate", "---\na: 1\n---\n")))
                .startsWith(
                        "200 application/json {\"ok\":false,\"summary\":\"? (?, 0 DoF, 0 capabilities)\",\"errors\":[\"");
        assertThat(shown(bench.send("POST", "/validate", "nope")))
                .startsWith("400 application/json {\"ok\":false,\"errors\":[{\"message\":\"no frontmatter found");
        assertThat(bench.send("POST", "/validate", "").statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("9: render answers YAML, and 400 for what does not parse")
    void render() {
        assertThat(shown(bench.send("POST", "/render", "---\na: {b: [ü]} # c\n---\n")))
                .isEqualTo("200 text/plain;charset=UTF-8 a:\n  b:\n    - ü\n");
        assertThat(shown(bench.send("POST", "/render", "---\na: [\n---\n")))
                .startsWith("400 application/json {\"error\":\"invalid YAML frontmatter: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/robots/nope/frontmatter", "/robots/TIN-MOUSE/safety", "/robots/tin-mouse%20/context"})
    @DisplayName("9: another robot is unknown")
    void unknownRobot(String path) {
        assertThat(shown(bench.get(path))).isEqualTo(UNKNOWN_ROBOT);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /robots",
        "GET, /robots/tin-mouse",
        "GET, /robots/tin-mouse/",
        "GET, /robots/tin-mouse/poses",
        "GET, /robots/tin-mouse/safety/",
        "GET, //health",
        "GET, /health/../health",
        "GET, /validate",
        "POST, /health",
        "POST, /robots/tin-mouse/safety",
        "OPTIONS, /validate",
        "PUT, /render",
        "DELETE, /robots/tin-mouse/body"
    })
    @DisplayName("9: anything else, and the wrong method, is 404 in plain text")
    void nothing(String method, String path) {
        assertThat(shown(bench.send(method, path, ""))).isEqualTo(NOT_FOUND);
        assertThat(shown(bench.send(method.equals("GET") ? "DELETE" : method, path, "a body")))
                .isEqualTo(NOT_FOUND);
    }

    @Test
    @DisplayName("9: HEAD works where GET does, and has no body")
    void head() {
        var answer = bench.raw("HEAD /health HTTP/1.1", "Host: localhost", "Connection: close");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("application/json")
                .endsWith("\r\n\r\n");
        assertThat(bench.send("HEAD", "/robots/tin-mouse/body", "").statusCode())
                .isEqualTo(200);
        assertThat(bench.send("HEAD", "/validate", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"my robot, my%20robot", "a/b, a%2fb", "röbot, r%C3%B6bot", "röbot, r%c3%B6b%6Ft", "50%, 50%25"})
    @DisplayName("9: names compare after percent-decoding")
    void names(String name, String segment) {
        restart("---\nmetadata: {robot_name: \"" + name + "\"}\n---\n");

        assertThat(bench.get("/robots/" + segment + "/safety").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("9: a manifest without a name is served as robot, one with a new name as the old one")
    void name() throws IOException {
        restart("---\nmetadata: {robot_name: \"  \"}\n---\n");
        assertThat(bench.get("/health").body()).contains("\"robot\":\"robot\"");
        assertThat(bench.get("/robots/robot/identity").statusCode()).isEqualTo(200);

        Files.writeString(bench.path, Bench.fixture("rover"));
        assertThat(bench.get("/robots/robot/identity").body()).contains("DoF");
    }

    @Test
    @DisplayName("9, 8.9: a file that is gone or does not parse is 503, without a path, until it is back")
    void unreadable() throws IOException {
        Files.delete(bench.path);
        assertThat(shown(bench.get("/robots/tin-mouse/safety")))
                .isEqualTo("503 application/json {\"error\":\"file no longer readable\"}");
        Files.writeString(bench.path, "---\na: [\n---\n");
        assertThat(shown(bench.get("/robots/tin-mouse/context")))
                .startsWith("503 application/json {\"error\":\"invalid YAML frontmatter: ")
                .doesNotContain(directory.toString());
        Files.writeString(bench.path, Bench.fixture("minimal"));
        assertThat(bench.get("/robots/tin-mouse/safety").statusCode()).isEqualTo(200);
    }
}
