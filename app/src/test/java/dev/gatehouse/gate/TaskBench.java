package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.tool.Payer;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A gate with a planner that says what a test wants it to; everything behind it is real. */
abstract class TaskBench implements Planner {
    static final String OPEN = "{\"capability\": \"gripper.open\", \"args\": {}, \"confidence\": 0.95}";
    static final String HOME = "{\"capability\": \"arm.home\", \"confidence\": 0.95}";
    static final String LOOK = "{\"capability\": \"status.report\", \"confidence\": 0.6}";

    @TempDir
    Path directory;

    final ManualTicker ticker = new ManualTicker();
    final List<Question> questions = new ArrayList<>();
    final List<Optional<Secret>> keys = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // opened by each test
    GateBench bench;

    private Planner mind = (question, payer) -> new Reply.Failed("no mind");

    @AfterEach
    void close() {
        bench.close();
    }

    @Override
    public Reply plan(Question question, Payer payer) throws InterruptedException {
        questions.add(question);
        keys.add(payer.key());
        return mind.plan(question, payer);
    }

    void open() {
        open(UnaryOperator.identity());
    }

    /** With a manifest that names a planner. */
    void open(UnaryOperator<String> edit) {
        open(GateBench.Setup.standard().with(edit));
    }

    void open(GateBench.Setup setup) {
        bench = new GateBench(
                directory, setup.with(TaskBench::planned).at(ticker).planning(this));
    }

    private static String planned(String manifest) {
        return manifest.contains("\nbrain:")
                ? manifest
                : manifest.replace(
                        "\nsafety:\n", "\nbrain:\n  planning: {provider: anthropic, model: claude-x}\n\nsafety:\n");
    }

    /** Every motion needs a person. */
    static String asked(String manifest) {
        return manifest.replace("require_auth: false", "require_auth: true");
    }

    /** Only opening and closing the gripper does. */
    static String gripperAsked(String manifest) {
        return manifest.replace(
                "- scope: gripper\n      require_auth: false", "- scope: gripper\n      require_auth: true");
    }

    void thinks(Planner with) {
        mind = with;
    }

    void proposes(String... steps) {
        thinks((question, key) -> proposed("[" + String.join(",", steps) + "]"));
    }

    static Reply proposed(String plan) {
        return new Reply.Proposed(read(plan), false);
    }

    static JsonNode read(String json) {
        try {
            return Json.read(json);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    ToolResult execute(Principal who, String more) throws InterruptedException {
        var arguments = (ObjectNode) read("{\"prompt\": \"tidy up\"" + more + "}");
        return bench.gate.call(who, bench.call("execute_task", arguments));
    }

    ToolResult execute(String more) throws InterruptedException {
        return execute(bench.mover(), more);
    }

    ToolResult execute() throws InterruptedException {
        return execute("");
    }

    static JsonNode body(ToolResult result) {
        return result.structured().orElseThrow();
    }

    static String status(ToolResult result) {
        return body(result).path("status").asString("");
    }

    static String why(ToolResult result) {
        return status(result) + " " + body(result).path("error").path("reason").asString("");
    }

    static String planId(ToolResult result) {
        return body(result).path("plan_id").asString("");
    }

    /** The member that repeats a call with the plan that was shown. */
    static String again(ToolResult shown) {
        return ", \"plan_id\": \"" + planId(shown) + "\"";
    }

    /** What Anna is given when she agrees to a step. */
    String agreed(ToolResult shown, int step) {
        var id = body(shown).path("plan").get(step).path("approval_id").asString("");
        var question = bench.approvals.find(id).orElseThrow();
        var decision = (Decision.Taken) bench.approvals.decide(
                id, bench.approver(), true, question.binding().argumentsSha256(), "because");
        return decision.confirmToken().orElseThrow().reveal();
    }

    List<String> moved() {
        return bench.driver.executed().stream()
                .map(command -> command.capability())
                .toList();
    }

    void assertNothingMoved() {
        assertThat(moved()).isEmpty();
    }

    /** The latch is set and opened again. */
    void stopAndClear() {
        var report = bench.robot.interlock().stop("anna", "");
        bench.robot.interlock().clear(report.latch().orElseThrow().latchId(), "carla", "", true, () -> {});
    }
}
