package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.FaultyDisk;
import dev.gatehouse.robot.Driver;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault forced at each layer, and what its caller is told of it (threats.md T24.2). */
@Timeout(120)
class FaultsTest {
    /** What the text of an exception could be, with all that must not get out. */
    private static final String INSIDE = "canary of /opt/gatehouse/inside 9.9.9";

    private static final List<String> TELLING = List.of(
            "canary",
            "/opt/",
            "9.9.9",
            "exception",
            "\\tat ",
            ".java",
            "java.",
            "dev.gatehouse",
            "tools.jackson",
            "sql",
            "okhttp",
            "helidon",
            "development",
            "127.0.0.1");

    private static final String MCP = """
            {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
             "params": {"name": "execute_capability", "arguments": {"capability": "arm.home"}}}
            """;

    private static final String HOME = "{\"capability\":\"arm.home\"}";

    /** Nothing of the program, its libraries, its files or its version. */
    private static void assertSilent(TestServer server, String text) {
        assertThat(text)
                .doesNotContain(server.state().toString(), server.manifest().toString());
        assertThat(text)
                .satisfies(said -> TELLING.forEach(word -> assertThat(said).doesNotContainIgnoringCase(word)));
    }

    private static void refused(TestServer server, Answer answer, int status, String code) {
        assertProblem(answer, status, code);
        assertSilent(server, answer.text());
    }

    /** The driver, some of whose methods fail. */
    private static Driver failing(Driver driver, Set<String> methods) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    if (methods.contains(method.getName())) {
                        throw new IllegalStateException(INSIDE);
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    @DisplayName("T24.2: a body that cannot be read")
    void body() {
        try (var server = TestServer.start()) {
            var deep = "[".repeat(10_000) + "]".repeat(10_000);
            for (var text :
                    List.of("{\"goal\":", "{\"goal\":NaN}", "{\"a\":1,\"a\":2}", deep, "{\"a\":1e9999999999}")) {
                refused(server, server.as(Who.READER).post("/dispatch", text), 422, "invalid_request");
            }
            var bytes = "{\"goal\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
            refused(server, server.as(Who.READER).sendBytes("POST", "/dispatch", bytes), 422, "invalid_request");
        }
    }

    @Test
    @DisplayName("T24.2: an exception while the gate judges, in a direct call and in a task")
    void gate() {
        var methods = ConcurrentHashMap.<String>newKeySet();
        try (var server = faulty(methods)) {
            methods.add("plan");
            var answer = server.as(Who.ACTUATOR).post("/v1/tools/execute_capability", HOME);
            var mcp = server.as(Who.ACTUATOR).post("/mcp", MCP);
            var log = server.as(Who.ACTUATOR).run(goal("tap"));
            methods.clear();

            refused(server, answer, 500, "internal");
            assertSilent(server, log.events().toString());
            assertThat(mcp.json().has("error")
                            || mcp.json().at("/result/isError").asBoolean(false))
                    .as(mcp.text())
                    .isTrue();
            assertSilent(server, mcp.text());
        }
    }

    @Test
    @DisplayName("T24.2: an exception inside the driver, in a direct call and in a task")
    void driver() {
        var methods = ConcurrentHashMap.<String>newKeySet();
        try (var server = faulty(methods)) {
            methods.add("execute");
            var answer = server.as(Who.ACTUATOR).post("/v1/tools/execute_capability", HOME);

            assertThat(answer.json().at("/result/error/reason").asString("")).isEqualTo("internal");
            assertThat(answer.text()).contains(answer.json().path("call_id").asString());
            assertSilent(server, answer.text());
        }
        try (var server = faulty(methods)) {
            methods.add("execute");
            assertSilent(
                    server, server.as(Who.ACTUATOR).run(goal("tap")).events().toString());
        }
    }

    private static TestServer faulty(Set<String> methods) {
        methods.clear();
        return TestServer.with()
                .scripts(Scripts.TAP)
                .around(driver -> failing(driver, methods))
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "tasks"})
    @DisplayName("T24.2: a task store that cannot be read")
    void store(String table) throws Exception {
        try (var server = TestServer.start()) {
            var task = server.as(Who.READER).run(goal("look around")).taskId();
            rename(server, table, "elsewhere");
            try {
                for (var path : List.of("/v1/tasks", "/v1/tasks/" + task, "/v1/tasks/" + task + "/events")) {
                    assertSilent(server, server.as(Who.READER).get(path).text());
                }
                var order = server.as(Who.READER).post("/dispatch", goal("look"));
                assertThat(order.status()).isGreaterThanOrEqualTo(500);
                assertSilent(server, order.text());
            } finally {
                rename(server, "elsewhere", table);
            }
        }
    }

    private static void rename(TestServer server, String table, String other) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.state().resolve("tasks.db").toAbsolutePath());
                var sql = connection.createStatement()) {
            sql.execute("PRAGMA busy_timeout = 5000");
            sql.execute("ALTER TABLE " + table + " RENAME TO " + other);
        }
    }

    @Test
    @DisplayName("T24.2: an audit that cannot be written")
    void audit() {
        var disk = new FaultyDisk();
        try (var server = TestServer.with().auditDisk(disk).start()) {
            disk.fill();
            var direct = server.as(Who.ACTUATOR).post("/v1/tools/execute_capability", HOME);
            var order = server.as(Who.ACTUATOR).post("/dispatch", goal("pick"));
            disk.heal();

            assertThat(direct.json().at("/result/error/reason").asString("")).contains("audit_unavailable");
            assertSilent(server, direct.text());
            refused(server, order, 503, "audit_unavailable");
        }
    }

    @Test
    @DisplayName("T24.2: a model that is not there, or answers with an error page of its own")
    void engine() {
        try (var server = TestServer.with().model("http://127.0.0.1:9").start()) {
            var log = server.as(Who.READER).run("{\"goal\":\"x\",\"deadline_s\":5}");
            assertThat(log.status()).isNotEqualTo("completed");
            assertSilent(server, log.events().toString());
        }
        try (var model = FakeModel.thinking(request -> "<html>" + INSIDE + "</html>");
                var server = TestServer.with().model(model.url()).start()) {
            var log = server.as(Who.READER).run("{\"goal\":\"x\",\"deadline_s\":5}");
            assertThat(log.status()).isNotEqualTo("completed");
            assertSilent(server, log.events().toString());
        }
    }

    @Test
    @DisplayName("T24.2: a ROBOT.md that is gone, is none, or is no file")
    void manifest() throws IOException {
        try (var server = TestServer.start()) {
            var file = server.manifest();
            var kept = Files.readString(file);
            Files.delete(file);
            silentWithout(server);
            Files.writeString(file, "---\nrobot: [" + INSIDE + "\n---\n");
            silentWithout(server);
            Files.delete(file);
            Files.createDirectory(file);
            silentWithout(server);
            Files.delete(file);
            Files.writeString(file, kept);
        }
    }

    private static void silentWithout(TestServer server) {
        refused(server, server.as(Who.ACTUATOR).post("/dispatch", goal("pick")), 409, "manifest_changed");
        assertSilent(
                server,
                server.as(Who.ACTUATOR)
                        .post("/v1/tools/execute_capability", HOME)
                        .text());
        assertSilent(server, server.as(Who.READER).get("/v1/status").text());
    }
}
