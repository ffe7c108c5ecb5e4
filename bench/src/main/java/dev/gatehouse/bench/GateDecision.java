package dev.gatehouse.bench;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Confirmations;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.LatchClearing;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.Verdict;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.robot.sim.SimBench;
import dev.gatehouse.robot.sim.SimFaults;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.robotmd.RobotTools;
import dev.gatehouse.robotmd.SkillBook;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.Toolbox;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the gate takes to decide, without the record it then writes.
 *
 * <p>A loop with a clock around each call, not a harness: percentiles are wanted, and a call of microseconds dwarfs the 30 ns of the clock,
 * which the empty loop beside it shows.
 */
final class GateDecision implements Measurement {
    private static final long MOST_NANOS = 50_000;

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var ticker = Ticker.system();
        var clock = Clock.systemUTC();
        var ids = new Ids();
        try (var scratch = site.scratch();
                var audit = AuditLog.open(AuditSettings.of(scratch.state(), ids.mint(Ids.Kind.BOOT)))) {
            var file = new ManifestFile(scratch.manifest(), ticker);
            var scene = Files.readString(scratch.directory().resolve("scene.yaml"));
            var arm = SimBench.open((Manifest) file.read(), scene, new SimFaults(), ticker, clock);
            var latch = LatchStore.file(scratch.directory().resolve("estop.json"));
            var interlock = Interlock.open(latch, arm, ticker, clock, ids, StopSettings::standard);
            try (var robot = Robot.with(arm, interlock)) {
                var clearing = new LatchClearing(interlock, audit);
                var tools = new RobotTools(file, robot, clearing::clear, SkillBook.closed(), Planner.none(), ticker)
                        .tools();
                var credentials = BearersFile.read(scratch.bearers(), clock);
                var policy = Policy.builtIn();
                var redactor = new Redactor(credentials::knows);
                var manifest = new PinnedManifest(file);
                var gate = new Gate(
                        new Toolbox(tools),
                        credentials,
                        () -> policy,
                        manifest,
                        robot,
                        new ActuateLease(0, Ticker.system()),
                        new Approvals(
                                () -> policy,
                                new Confirmations(new SecureRandom(), ticker),
                                () -> manifest.now().sha256(),
                                ids,
                                clock,
                                ticker),
                        audit,
                        redactor,
                        ticker);
                return rows(gate, credentials.authenticate(Scratch.TOKEN).orElseThrow(), effort);
            }
        }
    }

    private static List<Row> rows(Gate gate, dev.gatehouse.gate.Principal principal, Effort effort) {
        var look = call("status", Json.object());
        var move = Json.object().put("capability", "gripper.open");
        move.putObject("args");
        var actuate = call("execute_capability", move);
        var denied = call("execute_capability", Json.object().put("capability", "arm.unheard_of"));
        var count = effort.of(20_000, 50);
        var map = new HashMap<String, ToolCall>();
        map.put(look.id(), look);
        var empty = timed(count, () -> true);
        var lookup = timed(count, () -> map.containsKey(look.id()));
        var compared = "a look into a HashMap: p50 " + Percentiles.micros(lookup.p50()) + ", an empty call: p50 "
                + Percentiles.micros(empty.p50());
        return List.of(
                row("to look", timed(count, () -> judge(gate, principal, look)), compared),
                row("to move, its plan included", timed(count, () -> judge(gate, principal, actuate)), compared),
                row("that denies", timed(count, () -> judge(gate, principal, denied)), compared));
    }

    private static Row row(String which, Percentiles measured, String compared) {
        return Row.judged(
                "decision of the gate without disk, a call " + which,
                "p50 < 50 µs",
                measured.inMicros(),
                compared,
                measured.p50() < MOST_NANOS);
    }

    private static boolean judge(Gate gate, dev.gatehouse.gate.Principal principal, ToolCall call) {
        return gate.judge(principal, Optional.empty(), call) instanceof Verdict.Allow;
    }

    private static ToolCall call(String tool, ObjectNode arguments) {
        return new ToolCall("cal-0123456789abcdefghjkmnpqrs", tool, arguments);
    }

    private interface Question {
        boolean ask();
    }

    /** The first half warms up, the second counts. */
    private static Percentiles timed(int count, Question question) {
        var nanos = new long[count];
        var yes = 0;
        for (var i = -count; i < count; i++) {
            var from = System.nanoTime();
            var answer = question.ask();
            var took = System.nanoTime() - from;
            yes += answer ? 1 : 0;
            if (i >= 0) {
                nanos[i] = took;
            }
        }
        if (yes != 0 && yes != 2 * count) {
            throw new IllegalStateException("the same question was answered differently");
        }
        return Percentiles.of(nanos);
    }
}
