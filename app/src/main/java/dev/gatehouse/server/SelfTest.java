package dev.gatehouse.server;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditUnavailableException;
import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Step;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.gate.Verdict;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.toolserver.ToolServer;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What must hold before anybody is served: the gate denies, the audit keeps, the stop arrives (D16.2, T22.2). */
final class SelfTest {
    private static final String USUAL = "execute_capability";

    private SelfTest() {}

    static void run(Gate gate, Credentials credentials, AuditLog audit, Body body) throws StartFailure {
        gateDenies(gate, credentials);
        auditKeeps(audit, body.server());
        stopArrives(body);
    }

    /** A reader that asks for a motion must be turned away because of its tier. */
    private static void gateDenies(Gate gate, Credentials credentials) throws StartFailure {
        var canary =
                new Principal(credentials.anyId(), "self-test", Tier.READ, Set.of(), CallerLimits.NONE, Surface.CLI);
        var call = canary(gate);
        if (!(gate.judge(canary, Optional.empty(), call) instanceof Verdict.Deny deny) || deny.step() != Step.TIER) {
            throw failed("the gate let a reader ask for motion");
        }
    }

    /** What moves something if anything does; a tool server need not have {@code execute_capability}. */
    private static ToolCall canary(Gate gate) {
        var moving = gate.toolbox().tools().stream()
                .filter(tool -> tool.worst() == Effect.ACTUATE || tool.worst() == Effect.ADMIN)
                .map(Tool::name)
                .toList();
        var name = moving.contains(USUAL) ? USUAL : moving.getFirst();
        return new ToolCall("cal-self-test", name, Json.object().put("capability", "arm.self_test"));
    }

    private static AuditEntry start(Optional<ToolServer> server) {
        var entry = AuditEntry.of(AuditEvent.START);
        return server.map(ToolServer::program)
                .map(program -> entry.with(
                        "tool_server",
                        Json.object().put("path", program.path().toString()).put("sha256", program.sha256())))
                .orElse(entry);
    }

    private static void auditKeeps(AuditLog audit, Optional<ToolServer> server) throws StartFailure {
        try {
            var seq = audit.write(start(server));
            var kept = audit.read(seq - 1, 1);
            if (kept.isEmpty() || kept.getFirst().path("seq").longValue() != seq) {
                throw failed("the audit lost a record");
            }
        } catch (AuditUnavailableException e) {
            throw failed("the audit cannot be written (" + e.reason() + "); see: gatehouse audit verify");
        } catch (IOException e) {
            throw failed("the audit cannot be read back");
        }
    }

    /** The channel has to answer; a real stop is sent only to a robot that is not harmed by one at rest. */
    private static void stopArrives(Body body) throws StartFailure {
        var robot = body.robot();
        if (!body.channel().answers()) {
            throw failed("the stop channel does not answer");
        }
        var harmless = robot.driver().map(Driver::info).map(info -> info.haltHarmlessAtRest());
        if (harmless.orElse(false)
                && !robot.interlock().protectiveStop("self-test").stop().acked()) {
            throw failed("the robot did not confirm a stop");
        }
    }

    private static StartFailure failed(String what) {
        return new StartFailure(StartFailure.Kind.SELF_TEST, "self-test failed: " + what);
    }
}
