package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls over MCP that become tasks of the house (extension io.modelcontextprotocol/tasks). */
class McpTasksTest {
    private static final String TASKS = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Answer ask(Who who, String capabilities, String method, String name, String members) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + members
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}}}";
        return server.as(who)
                .post("/mcp", body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method, "Mcp-Name", name);
    }

    private static JsonNode call(String arguments) {
        return ask(
                        Who.ACTUATOR,
                        TASKS,
                        "tools/call",
                        "execute_capability",
                        "\"name\":\"execute_capability\",\"arguments\":" + arguments)
                .json()
                .path("result");
    }

    private static JsonNode creep() {
        var created = call("{\"capability\":\"arm.reach\",\"args\":{\"x\":200,\"y\":100,\"z\":120,\"speed_dps\":1}}");
        await().until(() -> server.arm().moving());
        return created;
    }

    private static Answer about(Who who, String method, JsonNode task) {
        var id = task.path("taskId").asString();
        return ask(who, TASKS, method, id, "\"taskId\":\"" + id + "\"");
    }

    private static JsonNode ended(JsonNode task) {
        var latest = new AtomicReference<JsonNode>(task);
        await().until(() -> {
            latest.set(about(Who.ACTUATOR, "tasks/get", task).json().path("result"));
            return !latest.get().path("status").asString().equals("working");
        });
        return latest.get();
    }

    @Test
    @DisplayName("a header that names another task than the body is 400 and -32020, as for every other name")
    void otherTaskInTheHeader() {
        var answer = ask(Who.ACTUATOR, TASKS, "tasks/get", "tsk-1", "\"taskId\":\"tsk-2\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("code").intValue()).isEqualTo(-32020);
    }

    @Test
    @DisplayName(
            "a call that may move becomes a task that is durable before it is announced, and ends with the call's result")
    void completed() {
        var created = call("{\"capability\":\"gripper.open\"}");

        assertThat(created.path("resultType").asString()).isEqualTo("task");
        assertThat(created.path("taskId").asString()).startsWith("tsk-");
        assertThat(created.path("pollIntervalMs").intValue()).isEqualTo(1_000);
        assertThat(created.has("ttlMs")).isTrue();
        assertThat(server.as(Who.ACTUATOR)
                        .get("/v1/tasks/" + created.path("taskId").asString())
                        .json()
                        .path("kind")
                        .asString())
                .as("the task model of the house")
                .isEqualTo("call");
        var ended = ended(created);
        assertThat(ended.path("resultType").asString()).isEqualTo("complete");
        assertThat(ended.path("status").asString()).isEqualTo("completed");
        assertThat(ended.path("result").path("resultType").asString())
                .as("the result of the call is one by itself")
                .isEqualTo("complete");
        assertThat(ended.path("result").path("structuredContent").path("status").asString())
                .isEqualTo("ok");
        assertThat(ended.path("result").path("isError").booleanValue()).isFalse();
    }

    @Test
    @DisplayName("robot-md 10.9: a task that is planned here is made of calls, which only the caller itself can make")
    void composed() {
        var result = ask(
                        Who.ACTUATOR,
                        TASKS,
                        "tools/call",
                        "execute_task",
                        "\"name\":\"execute_task\",\"arguments\":{\"prompt\":\"go home\"}")
                .json()
                .path("result");

        assertThat(result.path("structuredContent").path("error").path("reason").asString(""))
                .isEqualTo("no_planner_declared");
    }

    @Test
    @DisplayName("tasks/cancel stops the arm, which holds, and the task ends cancelled")
    void cancelled() {
        var task = creep();
        assertThat(about(Who.ACTUATOR, "tasks/cancel", task)
                        .json()
                        .path("result")
                        .path("resultType")
                        .asString())
                .isEqualTo("complete");

        assertThat(ended(task).path("status").asString()).isEqualTo("cancelled");
        assertThat(server.arm().moving()).isFalse();
        assertThat(server.arm().joints()).allMatch(joint -> joint.torqueOn());
    }

    @Test
    @DisplayName("a stop ends the task; the client reads a result that says so, and nothing is done twice")
    void estopped() {
        var task = creep();
        try {
            server.as(Who.BUTTON).post("/v1/estop", "{}");
            var ended = ended(task);
            assertThat(ended.path("status").asString()).isEqualTo("completed");
            assertThat(ended.path("result")
                            .path("structuredContent")
                            .path("error")
                            .path("reason")
                            .asString())
                    .isEqualTo("estop");
            var refused = call("{\"capability\":\"gripper.open\"}");
            assertThat(refused.path("structuredContent")
                            .path("error")
                            .path("reason")
                            .asString())
                    .isEqualTo("estop_set");
        } finally {
            server.clear();
        }
    }

    @Test
    @DisplayName("while one task moves the robot, another call is blocked as busy and makes no task")
    void busy() {
        var task = creep();
        var refused = call("{\"capability\":\"gripper.open\"}");

        assertThat(refused.path("resultType").asString()).isEqualTo("complete");
        assertThat(refused.path("structuredContent")
                        .path("error")
                        .path("reason")
                        .asString())
                .isEqualTo("busy");
        about(Who.ACTUATOR, "tasks/cancel", task);
        ended(task);
    }

    @Test
    @DisplayName("a task is its caller's: nobody else finds it")
    void foreign() {
        var task = call("{\"capability\":\"gripper.open\"}");
        for (var method : new String[] {"tasks/get", "tasks/cancel", "tasks/update"}) {
            var answer = about(Who.OTHER, method, task).json();
            assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32602);
            assertThat(answer.path("error").path("message").asString()).isEqualTo("Task not found");
        }
        ended(task);
    }

    @Test
    @DisplayName("who does not declare the extension gets results and no tasks, and may not ask for any")
    void undeclared() {
        var direct = ask(
                Who.ACTUATOR,
                "{}",
                "tools/call",
                "execute_capability",
                "\"name\":\"execute_capability\",\"arguments\":{\"capability\":\"gripper.open\"}");
        assertThat(direct.json().path("result").path("resultType").asString()).isEqualTo("complete");
        var asked = ask(Who.ACTUATOR, "{}", "tasks/get", "tsk-x", "\"taskId\":\"tsk-x\"");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.json().path("error").path("code").intValue()).isEqualTo(-32021);
        assertThat(asked.json()
                        .path("error")
                        .path("data")
                        .path("requiredCapabilities")
                        .path("extensions")
                        .has("io.modelcontextprotocol/tasks"))
                .isTrue();
    }

    @Test
    @DisplayName("a call that only looks is answered at once, and discovery names the extension")
    void looking() {
        var looked = ask(Who.READER, TASKS, "tools/call", "validate", "\"name\":\"validate\"");
        assertThat(looked.json().path("result").path("resultType").asString()).isEqualTo("complete");
        assertThat(ask(Who.READER, TASKS, "server/discover", "", "\"x\":1")
                        .json()
                        .path("result")
                        .path("capabilities")
                        .path("extensions")
                        .has("io.modelcontextprotocol/tasks"))
                .isTrue();
    }
}
