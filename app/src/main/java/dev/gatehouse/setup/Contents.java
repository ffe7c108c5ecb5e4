package dev.gatehouse.setup;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Quoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The text of each file (section 15, file table). Only hashes of tokens are in any of them. */
final class Contents {
    static final String LOG_LEVEL = "INFO";

    private Contents() {}

    /** The credentials: those taken over first, then the new ones. */
    static String bearers(List<ObjectNode> imported, Map<FirstCredential, String> tokens) {
        var text = new StringBuilder("""
                # Who may do what on this robot. Written by gatehouse init; only hashes of the tokens are kept here.
                #
                # Nobody approves their own calls, and clearing a stop is a right of its own. Give both to a person:
                # - caller: supervisor
                #   tier: none
                #   roles: [approve, clear]
                #   token_sha256: "<echo -n "$TOKEN" | sha256sum>"
                """);
        imported.forEach(entry -> text.append(entry(entry)));
        tokens.forEach((grant, token) -> text.append("""
                - caller: %s
                  tier: %s
                  token_sha256: "%s"
                """.formatted(
                        grant.caller(), grant.tier(), CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8)))));
        return text.toString();
    }

    /** JSON is YAML, so every value is written as JSON. */
    private static String entry(ObjectNode members) {
        var text = new StringBuilder();
        members.properties()
                .forEach(member -> text.append(text.isEmpty() ? "- " : "  ")
                        .append(member.getKey())
                        .append(": ")
                        .append(Json.line(member.getValue()))
                        .append('\n'));
        return text.toString();
    }

    static String environment(Path robotMd, Path bearers, Path policy, Choices choices, String logLevel) {
        var text = """
                # Settings of the server, for: gatehouse serve --env-file, or a service manager. No secrets belong here.
                ROBOT_MD_PATH=%s
                ROBOT_MD_BEARERS_FILE=%s
                # Empty: the tools that are built in.
                ROBOT_MD_MCP_COMMAND=
                ROBOT_MD_LOG_LEVEL=%s
                ROBOT_MD_HOST=%s
                ROBOT_MD_PORT=%d
                GATEHOUSE_POLICY=%s
                """.formatted(
                        Quoting.environment(robotMd.toString()),
                        Quoting.environment(bearers.toString()),
                        Quoting.environment(logLevel),
                        Quoting.environment(choices.host()),
                        choices.port(),
                        Quoting.environment(policy.toString()));
        return text
                + choices.tailnetName()
                        .map(name -> "GATEHOUSE_ALLOW_HOST=" + Quoting.environment(name) + "\n")
                        .orElse("");
    }

    static String policy(String surfaceSha256) {
        return """
                # What the operator allows beyond ROBOT.md. Written by gatehouse init with the built-in values.
                version: 1
                # Tools that need a person for every call, for example: {execute_capability: {approval: always}}
                tools: {}
                # Capabilities that move nothing.
                read_only_capabilities: [status.report, vision.describe]
                # self_approve is for somebody who works alone with the robot in sight.
                approvals: {self_approve: false, needed: 1, ttl_s: 60}
                # What a caller may choose for the case that the connection is lost while something moves.
                disconnect: {allow: [stop, finish_step, continue], grace_s: 3}
                limits: {max_tasks: 4, max_queue: 1000, deadline_s: 86400}
                # Time the robot has to confirm a stop.
                stop: {ack_ms: 500}
                # What is kept of a task beside its log: pictures, results (texts too long for an event). A camera sees people.
                artifacts: {keep: [], task_mb: 64}
                # The tools as they were when this file was written; with others the server does not start. If the change is
                # meant, write the new hash here with: gatehouse policy pin
                surface_sha256: "%s"
                """.formatted(surfaceSha256);
    }

    /** The script that sends a first goal (D15.3). */
    static String dispatchTest(Choices choices) {
        var host = choices.host().contains(":") ? "[" + choices.host() + "]" : choices.host();
        try (InputStream in = Contents.class.getResourceAsStream("dispatch-test.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@URL@", "http://" + host + ":" + choices.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
