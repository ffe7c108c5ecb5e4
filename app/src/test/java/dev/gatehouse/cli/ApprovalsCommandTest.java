package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse approvals} against a server that answers as told. */
class ApprovalsCommandTest {
    private static final String TOKEN = "annas-token-annas-token";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private final List<String> asked = new ArrayList<>();
    private final List<JsonNode> sent = new ArrayList<>();
    private volatile int status = 200;
    private volatile String decided = "";

    @BeforeEach
    void start() throws IOException {
        AtomicFile.write(
                directory.resolve("token"), (TOKEN + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            var body = exchange.getRequestBody().readAllBytes();
            String answer;
            try {
                if (body.length > 0) {
                    sent.add(Json.read(body));
                    answer = decided;
                } else {
                    answer = exchange.getRequestURI().getPath().endsWith("/approvals")
                            ? "{\"approvals\": [" + question() + "]}"
                            : question();
                }
            } catch (dev.gatehouse.json.MalformedJsonException e) {
                throw new AssertionError(e);
            }
            var bytes =
                    (status == 200 ? answer : "{\"detail\": \"as the server says\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        announce(ProcessHandle.current().pid());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void announce(long pid) throws IOException {
        var content = Json.object()
                .put("host", "127.0.0.1")
                .put("port", server.getAddress().getPort());
        Files.writeString(directory.resolve("server.json"), Json.line(content.put("pid", pid)));
    }

    /** Arguments with an escape sequence and a sign that turns the direction of text. */
    private static String question() {
        var out = Json.object().put("id", "apr-1").put("state", "pending").put("caller", "mover");
        out.putNull("task_id").put("tool", "execute_capability").put("expires_at", "2026-11-20T09:05:00.000Z");
        out.set("arguments", arguments());
        out.putArray("reasons").add("hitl:arm");
        return Json.line(out);
    }

    private static JsonNode arguments() {
        return Json.object().put("capability", "arm.pick").put("note", "\u001b[2Jharm\u202eless");
    }

    private CliRun run(String... words) {
        var all = new ArrayList<>(List.of("approvals"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--state-dir",
                directory.toString(),
                "--token-file",
                directory.resolve("token").toString()));
        return CliRun.of(all.toArray(String[]::new));
    }

    @Test
    @DisplayName("D18.5: without a word more it lists what is open, asking the server that owns the state directory")
    void list() {
        for (var run : List.of(run(), run("list"))) {
            assertThat(run.exit()).isZero();
            assertThat(run.out())
                    .startsWith("apr-1  pending  mover  execute_capability  {")
                    .doesNotContain("\u001b");
        }
        assertThat(asked).allMatch(line -> line.equals("GET /v1/approvals?state=pending Bearer " + TOKEN));
        assertThat(run("list", "--all", "--json").out()).contains("\"approvals\":[");
    }

    @Test
    @DisplayName("T23.1: a token that others can read is not used")
    void aTokenThatOthersCanReadIsNotUsed() throws Exception {
        Files.setPosixFilePermissions(directory.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));

        var run = run("list");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains("chmod 600").doesNotContain(TOKEN);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("D7.3: approve shows the exact call, sends the digest of what it showed, and prints the token alone")
    void approve() {
        decided = "{\"state\": \"approved\", \"confirm_token\": \"ttt\"}";

        var run = run("approve", "apr-1", "--yes", "--reason", "seen");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("ttt" + System.lineSeparator());
        assertThat(run.err())
                .contains("mover, directly", "hitl:arm", "\"capability\": \"arm.pick\"", "\\u202e")
                .doesNotContain("\u202e", "\u001b", "ttt", TOKEN);
        assertThat(sent).singleElement().satisfies(body -> {
            assertThat(body.path("decision").asString("")).isEqualTo("approve");
            assertThat(body.path("reason").asString("")).isEqualTo("seen");
            assertThat(body.path("arguments_sha256").asString("")).isEqualTo(CanonicalJson.sha256(arguments()));
        });
    }

    @Test
    @DisplayName("D7.6: agreeing takes a yes; without a terminal it takes --yes")
    void asking() {
        decided = "{\"state\": \"approved\"}";

        assertThat(approve("n").exit()).isEqualTo(1);
        assertThat(approve("").exit()).isEqualTo(1);
        assertThat(sent).isEmpty();
        assertThat(approve("y").exit()).isZero();
        assertThat(sent).hasSize(1);
        var unattended = run("approve", "apr-1");
        assertThat(unattended.exit()).isEqualTo(64);
        assertThat(unattended.err()).contains("--yes");
        assertThat(sent).hasSize(1);
    }

    /** Somebody sits at the terminal, types the token, and this answer. */
    private CliRun approve(String answer) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal() {
            @Override
            public Optional<String> ask(String question) {
                return Optional.of(answer);
            }

            @Override
            public Optional<String> askHidden(String question) {
                return Optional.of(TOKEN);
            }
        };
        var exit = new CommandLine(new ApprovalsCommand.Approve(terminal))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("apr-1", "--state-dir", directory.toString());
        return new CliRun(exit, out.toString(), err.toString());
    }

    @Test
    void deny() {
        decided = "{\"state\": \"denied\"}";

        var run = run("deny", "apr-1", "--json");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("\"denied\"");
        assertThat(sent.getFirst().path("decision").asString("")).isEqualTo("deny");
    }

    @ParameterizedTest
    @CsvSource({
        "401, 77, does not know this token",
        "403, 77, as the server says",
        "404, 1, no such question",
        "409, 1, as the server says",
        "410, 1, too late",
        "500, 1, answered 500"
    })
    @DisplayName("21: each refusal in plain words")
    void refusals(int code, int exit, String message) {
        status = code;

        var run = run("approve", "apr-1", "--yes");

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    @DisplayName("no server, a server that is gone, and one that does not answer")
    void nobodyThere() throws IOException {
        server.stop(0);
        assertThat(run().exit()).isEqualTo(69);

        announce(999_999_999L);
        assertThat(run().err()).contains("gone without an orderly end", "--url");
        assertThat(asked).as("a token is sent to nobody else").isEmpty();

        Files.delete(directory.resolve("server.json"));
        assertThat(run().err()).contains("no server runs on", "--state-dir");
        assertThat(run().exit()).isEqualTo(69);
    }

    @Test
    @DisplayName("T8: a token goes nowhere in the clear, and an id is an id")
    void wrongUsage() {
        assertThat(run("--url", "http://robot.example").err()).contains("https");
        assertThat(run("--url", "https://anna:pw@robot.example").exit()).isEqualTo(64);
        assertThat(run("approve", "../estop", "--yes").exit()).isEqualTo(64);
        assertThat(asked).isEmpty();
    }
}
