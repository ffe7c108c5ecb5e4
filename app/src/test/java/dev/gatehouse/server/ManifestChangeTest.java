package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ROBOT.md that is missing, unreadable, invalid or changes under way (D16.4, threats.md T2.2). */
class ManifestChangeTest {
    private static final String TWICE = script(
            "twice",
            "[{call: [{tool: execute_capability, args: {capability: gripper.open}}]},"
                    + " {call: [{tool: execute_capability, args: {capability: gripper.open}}], pace: {first_ms: 1500}}, {say: done}]");

    private static TestServer server() {
        return TestServer.with().scripts(Scripts.TAP, TWICE).start();
    }

    private static void change(TestServer server) throws IOException {
        Files.writeString(
                server.manifest(), Files.readString(server.manifest()).replace("payload_kg: 0.25", "payload_kg: 25"));
    }

    private static void assertRefused(TestServer server, String code) {
        assertThat(server.as(Who.ACTUATOR).post("/dispatch", goal("tap")).code())
                .isEqualTo(code);
    }

    private static void damage(TestServer server, String how) throws IOException {
        var file = server.manifest();
        switch (how) {
            case "deleted" -> Files.delete(file);
            case "empty" -> Files.writeString(file, "");
            case "directory" -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case "not UTF-8" -> Files.write(file, new byte[] {'-', '-', '-', '\n', (byte) 0xff, (byte) 0xfe});
            case "huge" -> {
                var bytes = new byte[5 << 20];
                Arrays.fill(bytes, (byte) 'a');
                Files.write(file, bytes);
            }
            case "not YAML" -> Files.writeString(file, "---\n{{{{\n---\n");
            case "no frontmatter" -> Files.writeString(file, "# a robot\n");
            case "invalid" -> Files.writeString(file, Files.readString(file).replace("type: arm+camera", "type: 7"));
            default -> throw new IllegalArgumentException(how);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deleted", "empty", "directory", "not UTF-8", "huge", "not YAML", "no frontmatter", "invalid"})
    @DisplayName(
            "T2.2: a manifest that breaks refuses orders until reload; after it, looking goes on and moving does not")
    void breaking(String how) throws IOException {
        try (var server = server()) {
            damage(server, how);

            assertRefused(server, "manifest_changed");
            assertThat(server.as(Who.READER)
                            .post("/dispatch", goal("look around"))
                            .code())
                    .isEqualTo("manifest_changed");
            var call = server.as(Who.ACTUATOR)
                    .post("/v1/tools/execute_capability", "{\"capability\":\"gripper.open\"}")
                    .json();
            assertThat(call.path("result").path("error").path("reason").asString())
                    .isIn("manifest_changed", "manifest_invalid", "manifest_unreadable");

            server.reload();
            assertRefused(server, "manifest_invalid");
            assertThat(server.as(Who.READER).run(goal("look around")).status()).isEqualTo("completed");
            assertThat(server.as(Who.READER)
                            .get("/v1/status")
                            .json()
                            .path("manifest")
                            .path("valid")
                            .booleanValue())
                    .isFalse();
            assertThat(server.audit("tool_intent"))
                    .noneMatch(r -> r.path("effect").asString().equals("actuate"));
        }
    }

    @Test
    @DisplayName(
            "T2.2: a touch changes nothing; an edit or an atomic replacement refuses orders until reload, which pins it")
    void changingBetweenOrders() throws IOException {
        try (var server = server()) {
            Files.setLastModifiedTime(
                    server.manifest(), FileTime.from(Instant.now().plusSeconds(60)));
            assertThat(server.as(Who.ACTUATOR).run(goal("tap")).status()).isEqualTo("completed");

            change(server);
            assertRefused(server, "manifest_changed");
            server.reload();
            assertThat(server.as(Who.ACTUATOR).run(goal("tap")).status()).isEqualTo("completed");

            var other = server.manifest().resolveSibling("other.md");
            Files.writeString(other, Files.readString(server.manifest()).replace("payload_kg: 25", "payload_kg: 2"));
            Files.move(other, server.manifest(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            assertRefused(server, "manifest_changed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edited", "deleted", "invalid"})
    @DisplayName("T2.2: when it changes during a task, nothing moves any more, and the task comes to its end")
    void changingDuringATask(String how) throws IOException {
        try (var server = server();
                var events = server.as(Who.ACTUATOR).dispatch(goal("twice"))) {
            assertThat(events.await("gate_decision").path("behavior").asString())
                    .isEqualTo("allow");
            events.await("tool_result");
            if (how.equals("edited")) {
                change(server);
            } else {
                damage(server, how);
            }

            var denied = events.await("gate_decision");
            assertThat(denied.path("behavior").asString()).isEqualTo("deny");
            assertThat(denied.path("code").asString())
                    .isIn("manifest_changed", "manifest_invalid", "manifest_unreadable");
            assertThat(events.toEnd().assertWhole().status()).isEqualTo("completed");
        }
    }

    @Test
    @DisplayName("T2.2: a reload during a task does not let the old task move by the new manifest")
    void reloadingDuringATask() throws IOException {
        try (var server = server();
                var events = server.as(Who.ACTUATOR).dispatch(goal("twice"))) {
            events.await("tool_result");
            change(server);
            server.reload();

            assertThat(events.await("gate_decision").path("code").asString()).isEqualTo("manifest_changed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "not UTF-8", "not YAML"})
    @DisplayName("a simulated arm without a manifest to build it from is a configuration error with a plain message")
    void startingWithoutOne(String how) throws IOException {
        var server = TestServer.start();
        var home = Files.createTempDirectory("gatehouse-test");
        Files.copy(server.manifest(), home.resolve("ROBOT.md"));
        server.close();
        var again = TestServer.with().in(home);
        again.start().stop();
        if (how.equals("deleted")) {
            Files.delete(home.resolve("ROBOT.md"));
            Files.createDirectory(home.resolve("ROBOT.md"));
        } else {
            Files.write(home.resolve("ROBOT.md"), new byte[] {(byte) 0xff});
        }

        assertThatThrownBy(again::start).isInstanceOf(AssertionError.class).hasMessageContaining("ROBOT.md");
        again.withoutArm();
        try (var unarmed = again.start()) {
            assertRefused(unarmed, "manifest_invalid");
            assertThat(unarmed.as(Who.READER).run(goal("look around")).status()).isEqualTo("completed");
            assertThat(unarmed.as(Who.BUTTON).post("/v1/estop", "").status()).isEqualTo(200);
        }
        TestServer.delete(home);
    }
}
