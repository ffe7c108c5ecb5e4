package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.time.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a change of the bearers file does to a server that runs (D2.8). */
class RevocationTest {
    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.with().scripts(Scripts.CREEP, Scripts.PONDER).start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void edit(UnaryOperator<String> change) {
        try {
            Files.writeString(server.bearers(), change.apply(Files.readString(server.bearers())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(Who who) {
        edit(text -> text.replaceAll("(?m)^- \\{caller: " + who.caller() + ",.*\\R", ""));
    }

    private int status(Who who) {
        return server.as(who).get("/v1/whoami").status();
    }

    private String state(String taskId) {
        return server.as(Who.ADMIN)
                .get("/v1/tasks/" + taskId)
                .json()
                .path("state")
                .asString();
    }

    /** Says what state it is in instead, if the time is over. */
    private void untilCanceled(String taskId) {
        await().untilAsserted(() -> assertThat(state(taskId)).isEqualTo("canceled"));
    }

    private int ended() {
        return server.audit("disconnect").size();
    }

    @Test
    @DisplayName(
            "D2.8, T8.4: a removed credential gets 401, its motion is stopped, its task canceled, its stream ended, all recorded")
    void removedWhileItMoves() {
        try (var events = server.as(Who.ACTUATOR).dispatch(goal("creep"))) {
            await().until(() -> server.arm().moving());
            remove(Who.ACTUATOR);
            server.reload();

            assertThat(status(Who.ACTUATOR)).isEqualTo(401);
            untilCanceled(events.taskId());
            await().until(() -> !server.arm().moving());
            assertThat(events.breaks()).isTrue();
            assertThat(status(Who.OTHER)).isEqualTo(200);
        }
        await().until(() -> ended() == 1);
        assertThat(server.audit("disconnect")
                        .getFirst()
                        .path("actor")
                        .path("caller")
                        .asString())
                .isEqualTo("actuator");
        assertThat(server.audit("token_change")
                        .getFirst()
                        .path("removed")
                        .get(0)
                        .path("caller")
                        .asString())
                .isEqualTo("actuator");
    }

    @Test
    @DisplayName("D2.8: the server finds a changed file by itself")
    void foundByItself() {
        remove(Who.READER);

        await().until(() -> status(Who.READER) == 401);
    }

    @Test
    @DisplayName("D2.8: the stream of an observer ends too, while those of others go on")
    void streamsOfObservers() {
        try (var reader = server.as(Who.READER).dispatch(goal("ponder"));
                var other = server.as(Who.OTHER).dispatch(goal("ponder", ",\"effect\":\"observe\""))) {
            reader.await("session");
            other.await("session");
            remove(Who.READER);
            server.reload();

            assertThat(reader.breaks()).isTrue();
            assertThat(server.as(Who.OTHER)
                            .post("/v1/tasks/" + other.taskId() + "/cancel", "")
                            .status())
                    .isEqualTo(202);
            assertThat(other.toEnd().status()).isEqualTo("canceled");
        }
    }

    @Test
    @DisplayName("D2.8: who may only read from now on has nothing moved any more, and is still let in")
    void demoted() {
        try (var events = server.as(Who.ACTUATOR).dispatch(goal("creep"))) {
            await().until(() -> server.arm().moving());
            edit(text -> text.replaceAll("(caller: actuator,.*)tier: actuate", "$1tier: read"));
            server.reload();

            untilCanceled(events.taskId());
            assertThat(server.as(Who.ACTUATOR)
                            .get("/v1/whoami")
                            .json()
                            .path("tier")
                            .asString())
                    .isEqualTo("read");
        }
    }

    @Test
    @DisplayName("D2.8: a credential that expires while its task runs ends the task")
    void expires() {
        try (var events = server.as(Who.ACTUATOR).dispatch(goal("creep"))) {
            await().until(() -> server.arm().moving());
            var soon = Rfc3339.format(Instant.now().plusMillis(300));
            edit(text -> text.replaceAll("(caller: actuator,.*)\\}", "$1, expires: " + soon + "}"));
            server.reload();

            untilCanceled(events.taskId());
            assertThat(status(Who.ACTUATOR)).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("D2.8: a broken file changes nothing for anybody; the audit says so")
    void broken() {
        edit(text -> text + "- nonsense\n");
        server.reload();

        assertThat(status(Who.ACTUATOR)).isEqualTo(200);
        await().until(() -> server.audit("token_change").size() == 1);
        assertThat(server.audit("token_change").getFirst().path("outcome").asString())
                .isEqualTo("rejected");
    }
}
