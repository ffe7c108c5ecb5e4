package dev.gatehouse.setup;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.terminal.Quoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The text of each file (section 15, file table). Only hashes of tokens are in any of them. */
final class Contents {
    static final String HOST = "127.0.0.1";
    static final int PORT = 8080;

    private Contents() {}

    static String bearers(String actuateToken) {
        return """
                # Who may do what on this robot. Written by gatehouse init; only hashes of the tokens are kept here.
                #
                # Nobody approves their own calls, and clearing a stop is a right of its own. Give both to a person:
                # - caller: supervisor
                #   tier: none
                #   roles: [approve, clear]
                #   token_sha256: "<printf %%s "$TOKEN" | sha256sum>"
                - caller: actuate-default
                  tier: actuate
                  token_sha256: "%s"
                """.formatted(CanonicalJson.sha256(actuateToken.getBytes(StandardCharsets.UTF_8)));
    }

    static String environment(Path robotMd, Path bearers, Path policy) {
        return """
                # Settings of the server, for: gatehouse serve --env-file, or a service manager. No secrets belong here.
                ROBOT_MD_PATH=%s
                ROBOT_MD_BEARERS_FILE=%s
                # Empty: the tools that are built in.
                ROBOT_MD_MCP_COMMAND=
                ROBOT_MD_LOG_LEVEL=INFO
                ROBOT_MD_HOST=%s
                ROBOT_MD_PORT=%d
                GATEHOUSE_POLICY=%s
                """.formatted(
                        Quoting.environment(robotMd.toString()),
                        Quoting.environment(bearers.toString()),
                        HOST,
                        PORT,
                        Quoting.environment(policy.toString()));
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
                # The tools as they were when this file was written; with others the server does not start.
                surface_sha256: "%s"
                """.formatted(surfaceSha256);
    }

    /** The script that sends a first goal (D15.3). */
    static String dispatchTest() {
        try (InputStream in = Contents.class.getResourceAsStream("dispatch-test.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@URL@", "http://" + HOST + ":" + PORT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
