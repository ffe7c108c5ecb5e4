package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call does when it is let through, and what is written down about it. */
@Timeout(60)
class GateCallTest {
    @TempDir
    Path directory;

    private final List<GateBench> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(GateBench::close);
    }

    private GateBench bench(GateBench.Setup setup) {
        var bench = new GateBench(directory, setup);
        opened.add(bench);
        return bench;
    }

    private GateBench bench() {
        return bench(GateBench.Setup.standard());
    }

    @Test
    @DisplayName("D14.7: when the driver is asked to move, the intent is on disk, and the outcome is not")
    void intentBeforeMotion() throws Exception {
        var bench = bench();
        var onDisk = new CopyOnWriteArrayList<String>();
        bench.driver.onMotion((command, permit, progress) -> {
            onDisk.add(auditFiles());
            return Outcome.ok("done");
        });
        var call = bench.pick();

        var result = bench.gate.call(bench.mover(), call);

        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(onDisk)
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("\"event\":\"tool_intent\"", call.id())
                        .doesNotContain("\"event\":\"tool_outcome\""));
        assertThat(bench.records("tool_outcome"))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.path("outcome").asString("")).isEqualTo("ok"));
    }

    private String auditFiles() {
        try (var files = Files.list(directory.resolve("audit"))) {
            var text = new StringBuilder();
            for (var file : files.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("T20.3: what cannot be recorded does not happen; looking and stopping go on")
    void auditUnavailable() throws Exception {
        var bench = bench();
        bench.disk.fill();

        var moved = bench.gate.call(bench.mover(), bench.pick());
        var again = bench.gate.call(bench.mover(), bench.pick());
        var looked = bench.gate.call(bench.reader(), bench.call("status", Json.object()));
        var stopped = bench.gate.call(bench.reader(), bench.call("estop", Json.object()));

        assertThat(List.of(moved, again)).allSatisfy(result -> {
            assertThat(reason(result)).contains("audit_unavailable");
            assertThat(result.isError()).isTrue();
        });
        assertThat(bench.driver.executed()).isEmpty();
        assertThat(bench.lease.holder()).isEmpty();
        assertThat(looked.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(stopped.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(bench.robot.interlock().state().latched()).isTrue();
    }

    @Test
    @DisplayName("T20.4: looking is noted as well, and every denial")
    void everythingIsRecorded() throws Exception {
        var bench = bench();
        bench.gate.call(bench.reader(), bench.call("status", Json.object()));
        bench.gate.call(bench.reader(), bench.pick());

        assertThat(bench.records("tool_intent"))
                .extracting(r -> r.path("effect").asString(""))
                .containsExactly("observe");
        assertThat(bench.records("tool_outcome")).hasSize(1);
        assertThat(bench.records("gate_deny")).singleElement().satisfies(record -> {
            assertThat(record.path("decision").path("code").asString("")).isEqualTo("tier_required");
            assertThat(record.path("actor").path("caller").asString("")).isEqualTo("reader");
            assertThat(record.path("manifest_sha256").asString("")).isEqualTo(bench.manifest.pin());
            assertThat(record.path("policy_sha256").asString("")).isEqualTo(bench.policy.sha256());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Render",
                "render ",
                " render",
                "render_x",
                "rendеr",
                "render\u200b",
                "validate_and_run",
                "status_set",
                "EXECUTE_CAPABILITY",
                "execute_capability\n",
                "mcp__robot__render",
                "e_stop",
                ""
            })
    @DisplayName("T3.1: names that only look like a tool are nobody's")
    void lookAlikes(String name) throws Exception {
        var bench = bench();
        for (var who : List.of(bench.reader(), bench.mover(), bench.who(GateBench.BUTTON))) {
            var result = bench.gate.call(who, bench.call(name, Json.object()));

            assertThat(reason(result)).contains("tool_unknown");
            assertThat(result.isError()).isTrue();
        }
        assertThat(bench.driver.executed()).isEmpty();
        assertThat(bench.robot.interlock().state().latched()).isFalse();
    }

    @Test
    @DisplayName("6.2: what a capability does depends on its name: looking is for readers, moving is not")
    void effectFollowsTheArguments() throws Exception {
        var bench = bench();
        for (var capability : List.of("status.report", "vision.describe")) {
            var result = bench.gate.call(bench.reader(), bench.run(capability, Json.object()));
            assertThat(result.outcome()).as(capability).isEqualTo(ToolResult.Outcome.OK);
        }
        var moving = bench.gate.call(bench.reader(), bench.pick());

        assertThat(reason(moving)).contains("tier_required");
        assertThat(bench.driver.observed()).isEqualTo(2);
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName(
            "6.2: a policy that calls a motion read-only is not believed; one that names none makes looking a motion")
    void bothMustAgreeOnReadOnly() throws Exception {
        var lying = bench(GateBench.Setup.standard().under("""
                version: 1
                read_only_capabilities: [arm.pick, gripper.open]
                """));
        var pick = lying.gate.call(lying.reader(), lying.pick());
        var report = lying.gate.call(lying.reader(), lying.run("status.report", Json.object()));

        assertThat(reason(pick)).contains("tier_required");
        assertThat(reason(report)).contains("tier_required");
    }

    @Test
    @DisplayName("10.2: looking works while the stop is set, moving does not")
    void readOnlyIsExemptFromTheLatch() throws Exception {
        var bench = bench();
        bench.robot.interlock().stop("anna", "test");

        var looked = bench.gate.call(bench.mover(), bench.run("status.report", Json.object()));
        var moved = bench.gate.call(bench.mover(), bench.pick());

        assertThat(looked.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(moved.outcome()).isEqualTo(ToolResult.Outcome.BLOCKED);
        assertThat(moved.isError()).isFalse();
        assertThat(reason(moved)).contains("estop_set");
    }

    @ParameterizedTest
    @CsvSource({
        "arm.pick, '{\"target\":\"blue_cube\"}'",
        "arm.reach, '{\"x\":290,\"y\":290,\"z\":50}'",
        "arm.reach, '{\"x\":330,\"y\":0,\"z\":50}'",
        "arm.reach, '{\"x\":200,\"y\":0,\"z\":120,\"speed_dps\":91}'",
        "arm.pick, '{\"target\":\"green_bin\"}'",
        "arm.pick, '{\"target\":\"elephant\"}'",
    })
    @DisplayName("10.4: what would leave the limits is refused, never clamped")
    void limits(String capability, String args) throws Exception {
        var bench = bench();
        var result = bench.gate.call(
                bench.mover(), bench.run(capability, (tools.jackson.databind.node.ObjectNode) Json.read(args)));

        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.ERROR);
        assertThat(result.isError()).as("steps 4 to 7 are ordinary results").isFalse();
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("10.6: a body that cannot plan may move all the same, and offers no dry run")
    void bodyWithoutDryRun() throws Exception {
        var bench = bench();
        bench.driver.cannotPlan();
        var dry = bench.pick().arguments().put("dry_run", true);

        var moved = bench.gate.call(bench.mover(), bench.pick());
        var planned = bench.gate.call(bench.mover(), bench.call("execute_capability", dry));

        assertThat(moved.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(reason(planned)).contains("dry_run_unsupported");
        assertThat(bench.driver.executed()).hasSize(1);
    }

    @Test
    @DisplayName("6.2: a dry run is gated like the real thing and moves nothing")
    void dryRun() throws Exception {
        var bench = bench();
        var dry = bench.pick().arguments().put("dry_run", true);

        var reader = bench.gate.call(bench.reader(), bench.call("execute_capability", dry));
        var mover = bench.gate.call(bench.mover(), bench.call("execute_capability", dry));

        assertThat(reason(reader)).contains("tier_required");
        assertThat(mover.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(bench.driver.executed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "fast", "null"})
    @DisplayName("10.5: a limit that is none stops motion, not the gate; the stop works all the same")
    void brokenLimit(String value) throws Exception {
        var bench = bench(GateBench.Setup.standard()
                .with(text -> text.replace("max_tool_velocity_ms: 0.5", "max_tool_velocity_ms: " + value)));

        var moved = bench.gate.call(bench.mover(), bench.pick());
        var looked = bench.gate.call(bench.reader(), bench.call("render", Json.object()));
        var stopped = bench.gate.call(bench.reader(), bench.call("estop", Json.object()));

        assertThat(reason(moved)).contains("manifest_invalid");
        assertThat(looked.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(stopped.outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName(
            "D9.1: a direct call finds the robot busy while a task holds the lease, and gives it back when it is done")
    void leaseOfDirectCalls() throws Exception {
        var bench = bench();
        var scope = new Scope(bench).withLease(bench.lease);

        var busy = bench.gate.call(bench.mover(), bench.pick());
        bench.lease.release(bench.lease.holder().orElseThrow());
        var free = bench.gate.call(bench.mover(), bench.pick());
        var stale = bench.gate.call(bench.mover(), scope, bench.pick());

        assertThat(reason(busy)).contains("busy");
        assertThat(free.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(bench.lease.holder()).isEmpty();
        assertThat(scope.events)
                .last()
                .satisfies(event -> assertThat(((GateEvent.Decided) event).verdict())
                        .isEqualTo(new Verdict.Deny(
                                Step.LEASE,
                                "lease_lost",
                                "busy",
                                ToolResult.Outcome.BLOCKED,
                                "this task does not hold the right to move the robot")));
        assertThat(stale.outcome()).isEqualTo(ToolResult.Outcome.BLOCKED);
    }

    @Test
    @DisplayName("T17.2: a holder whose lease was taken away is refused although it still has its generation")
    void zombie() throws Exception {
        var bench = bench();
        var zombie = new Scope(bench).withLease(bench.lease);
        bench.lease.revoke();
        var next = new Scope(bench).withLease(bench.lease);

        var late = bench.gate.call(bench.mover(), zombie, bench.pick());

        assertThat(next.leaseGeneration.orElseThrow()).isGreaterThan(zombie.leaseGeneration.orElseThrow());
        assertThat(reason(late)).contains("busy");
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("10.6: a driver that throws latches the robot; the caller sees no exception and the effect is unknown")
    void brokenDriver() throws Exception {
        var bench = bench();
        bench.driver.onMotion((command, permit, progress) -> {
            throw new IllegalStateException("/dev/ttyUSB0 is gone");
        });
        var result = bench.gate.call(bench.mover(), bench.pick());

        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.UNKNOWN);
        assertThat(result.text()).doesNotContain("ttyUSB0");
        assertThat(bench.robot.interlock().state().latched()).isTrue();
        assertThat(bench.records("tool_outcome")).as("the open intent says it").isEmpty();
    }

    @Test
    @DisplayName("D6.2: progress and verdicts are told to the task of the call and to no other")
    void witnesses() throws Exception {
        var bench = bench();
        bench.driver.onMotion((command, permit, progress) -> {
            progress.report(1, 2, "half way");
            return Outcome.ok("done");
        });
        var mine = new Scope(bench).withLease(bench.lease);
        var other = new Scope(bench);

        bench.gate.call(bench.mover(), mine, bench.pick());

        assertThat(mine.events).hasExactlyElementsOfTypes(GateEvent.Decided.class, GateEvent.Progressed.class);
        assertThat(other.events).isEmpty();
    }

    @Test
    @DisplayName("3.4: an observing task may look and may not move, whoever ordered it")
    void ceiling() throws Exception {
        var bench = bench();
        var scope = new Scope(bench).withLease(bench.lease);
        scope.ceiling = Effect.OBSERVE;

        var looked = bench.gate.call(bench.mover(), scope, bench.run("status.report", Json.object()));
        var moved = bench.gate.call(bench.mover(), scope, bench.pick());

        assertThat(looked.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(reason(moved)).contains("effect_ceiling");
        assertThat(Stream.of(looked, moved).map(ToolResult::isError)).containsExactly(false, true);
    }
}
