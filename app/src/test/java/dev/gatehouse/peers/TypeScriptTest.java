package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The official TypeScript clients, both versions, in every revision they speak (robot-md.md 8). */
@Timeout(120)
class TypeScriptTest {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    /** One that nothing stops, for motions. */
    @SuppressWarnings("NullAway.Init")
    private static TestServer arm;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        server = TestServer.with().withoutArm().start();
        arm = TestServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
        arm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sdk-v1.mjs,2025-11-25,true",
        "sdk-v2.mjs,2024-11-05,false",
        "sdk-v2.mjs,2025-03-26,false",
        "sdk-v2.mjs,2025-06-18,true",
        "sdk-v2.mjs,2025-11-25,true",
        "sdk-v2.mjs,2026-07-28,true",
    })
    @DisplayName("8: lists, reads, calls and fills in everything, and sees what the library says")
    void everything(String script, String revision, boolean structured) throws Exception {
        for (var job : new ObjectNode[] {Servers.started(Servers.EXAMPLE), Servers.running(server, Who.READER)}) {
            job.put("act", "everything").put("revision", revision);
            job.set("toolArguments", Json.tree(Map.of("execute_capability", Map.of("capability", "arm.pick"))));

            var seen = Node.script(script, job);

            assertThat(seen.path("revision").asString(revision)).isEqualTo(revision);
            Seen.assertTheSame(seen, structured, job.has("url"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    @DisplayName("8.9: hears over stdio that a resource changed, in the way of its era")
    void hears(String revision) throws Exception {
        var manifest = Files.copy(Servers.EXAMPLE, directory.resolve("ROBOT.md"));

        heard(Servers.started(manifest).put("revision", revision).put("file", manifest.toString()));
    }

    @Test
    @DisplayName("8.9: listens over HTTP without a handshake, and hangs up")
    void hearsOverHttp() throws Exception {
        var before = Files.readString(server.manifest());
        try {
            heard(Servers.running(server, Who.READER)
                    .put("revision", "2026-07-28")
                    .put("file", server.manifest().toString()));
        } finally {
            Files.writeString(server.manifest(), before);
        }
    }

    private static void heard(ObjectNode job) throws Exception {
        var uri = "robot-md://bench-arm/body";
        var heard = Node.script("sdk-v2.mjs", job.put("act", "hear").put("uri", uri));

        assertThat(heard.path("uri").asString()).isEqualTo(uri);
        if (job.path("revision").asString().equals("2026-07-28")) {
            assertThat(Json.line(heard.path("honored"))).isEqualTo("{\"resourceSubscriptions\":[\"" + uri + "\"]}");
            assertThat(heard.path("closed").asString()).isEqualTo("local");
        }
    }

    @ParameterizedTest
    @CsvSource({"follow,60,completed", "cancel,1,cancelled"})
    @DisplayName("follows a call that became a task to its end, and cancels one")
    void tasks(String act, int speed, String status) throws Exception {
        var seen = Node.script("tasks.mjs", reach(act, "2026-07-28", speed));

        assertThat(seen.path("kind").asString()).isEqualTo("task");
        assertThat(seen.path("status").asString()).as(seen.toString()).isEqualTo(status);
        assertThat(seen.path("structured").path("status").asString("none"))
                .isEqualTo(act.equals("follow") ? "ok" : "none");
        await().until(() -> !arm.arm().moving());
    }

    private static ObjectNode reach(String act, String revision, int speed) {
        var job = Servers.running(arm, Who.ACTUATOR).put("act", act).put("revision", revision);
        var call = job.putObject("call").put("name", "execute_capability");
        call.putObject("arguments")
                .put("capability", "arm.reach")
                .set("args", Json.tree(Map.of("x", 200, "y", 100, "z", 120, "speed_dps", speed)));
        return job;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    @DisplayName("hears how far a motion is, over HTTP, in both eras; a motion that is given up is stopped")
    void motions(String revision) throws Exception {
        var given = Node.script("sdk-v2.mjs", reach("giveUp", revision, 1));
        assertThat(given.path("ended").asString()).isEqualTo("given up");
        await().until(() -> !arm.arm().moving());

        var moved = Node.script("sdk-v2.mjs", reach("move", revision, 60));
        assertThat(moved.path("status").asString()).isEqualTo("ok");
        assertThat(moved.path("heard")).isNotEmpty();
    }
}
