package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A gate at which every motion is asked about, and what people do with the questions of direct calls. */
abstract class DirectCalls {
    @TempDir
    Path directory;

    final ManualTicker ticker = new ManualTicker();

    @SuppressWarnings("NullAway.Init") // opened before each test
    GateBench bench;

    @BeforeEach
    void open() {
        open("version: 1");
    }

    void open(String policy) {
        bench = new GateBench(
                directory,
                GateBench.Setup.standard().everythingAsked().at(ticker).under(policy));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    ToolResult call(Principal who, ToolCall call) throws InterruptedException {
        return bench.gate.call(who, call);
    }

    ToolResult call(ToolCall call) throws InterruptedException {
        return call(bench.mover(), call);
    }

    static ObjectNode error(ToolResult result) {
        return (ObjectNode) result.structured().orElseThrow().path("error");
    }

    Approval question(ToolResult result) {
        return bench.approvals
                .find(error(result).path("approval_id").asString(""))
                .orElseThrow();
    }

    Decision decide(Approval question, String token, boolean approve) {
        return bench.approvals.decide(
                question.id(), bench.who(token), approve, question.binding().argumentsSha256(), "because");
    }

    /** Asks, has Anna agree, and gives what she was given. */
    String agreed(Principal who, ToolCall call) throws InterruptedException {
        var decision = (Decision.Taken) decide(question(call(who, call)), GateBench.APPROVER, true);
        return decision.confirmToken().orElseThrow().reveal();
    }

    String agreed(ToolCall call) throws InterruptedException {
        return agreed(bench.mover(), call);
    }

    ToolCall carrying(String token, ToolCall call) {
        return bench.call(call.tool(), call.arguments().put("confirm_token", token));
    }

    ToolCall carrying(String token) {
        return carrying(token, bench.pick());
    }

    void assertNothingMoved() {
        assertThat(bench.driver.executed()).isEmpty();
    }

    void assertRefused(ToolCall call) throws InterruptedException {
        assertRefused(bench.mover(), call);
    }

    void assertRefused(Principal who, ToolCall call) throws InterruptedException {
        var result = call(who, call);
        assertThat(reason(result)).contains("hitl_gate");
        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.BLOCKED);
        assertThat(result.isError()).isFalse();
        assertNothingMoved();
    }
}
