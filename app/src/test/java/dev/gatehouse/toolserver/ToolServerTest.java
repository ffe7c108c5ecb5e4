package dev.gatehouse.toolserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The process, the connection and their end (dispatcher.md D12.4, D16.5; threats.md T3.2, T22.1). */
@Timeout(120)
class ToolServerTest {
    @TempDir
    private Path directory;

    private StandInHome home;

    @BeforeEach
    void atHome() throws Exception {
        Files.writeString(directory.resolve("ROBOT.md"), "---\n---\n");
        home = new StandInHome(directory);
    }

    private static ObjectNode doing(String word) {
        return Json.object().put("do", word);
    }

    private static String text(Reply reply) {
        return reply instanceof Reply.Result(var result) ? Answers.of(result).text() : String.valueOf(reply);
    }

    @Test
    @DisplayName(
            "D16.5: it gets four variables and the manifest, a session of its own, and is asked for all of its tools")
    void start() throws Exception {
        try (var server = ToolServer.start(home.plan(), Ticker.system())) {
            var started = home.starts().getFirst();
            assertThat(started.path("arguments").toString()).isEqualTo("[\"" + directory.resolve("ROBOT.md") + "\"]");
            var seen = new ArrayList<>(started.path("environment").propertyNames());
            // What the wrapper of this test adds by itself.
            seen.removeAll(List.of("PWD", "SHLVL", "_", "OLDPWD"));
            assertThat(seen).containsExactlyInAnyOrder("PATH", "HOME", "LANG", "ROBOT_MD_PATH");
            assertThat(server.surface().tools()).hasSize(StandInHome.tools().size());
            var pid = started.path("pid").asLong();
            assertThat(Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ", 7)[5])
                    .isEqualTo(Long.toString(pid));
            assertThat(text(server.look("render", Json.object(), Progress.none())))
                    .isEqualTo("did render");
        }
        assertThat(ProcessHandle.of(home.starts().getFirst().path("pid").asLong()))
                .isEmpty();
    }

    @Test
    @DisplayName("D16.5: configured arguments take the place of the manifest; a command is absolute or found in PATH")
    void commands() throws Exception {
        var plan = LaunchPlan.of("sleep", List.of("1"), Optional.of(directory), Map.of("PATH", "/usr/bin:/bin"));
        assertThat(plan.program().path()).isAbsolute().hasFileName("sleep");
        assertThat(plan.arguments()).containsExactly("1");
        for (var command : List.of("./stand-in", "no-such-program", "/no/such/program", directory.toString())) {
            assertThatThrownBy(() -> LaunchPlan.of(command, List.of(), Optional.empty(), home.environment()))
                    .as(command)
                    .isInstanceOf(ToolServerException.class);
        }
    }

    @Test
    @DisplayName("D16.5: a program that does not say within 10 s what it has is no tool server")
    void silence() throws Exception {
        var plan = LaunchPlan.of("/usr/bin/sleep", List.of("1000"), Optional.empty(), home.environment());
        var ticker = new ManualTicker();
        var refusal = CompletableFuture.supplyAsync(() -> {
            try {
                ToolServer.start(plan, ticker).close();
                return "started";
            } catch (ToolServerException e) {
                return String.valueOf(e.getMessage());
            }
        });
        await().until(() -> {
            ticker.advance(Duration.ofSeconds(1));
            return refusal.isDone();
        });
        assertThat(refusal.join()).contains("within 10 s");
    }

    @Test
    @DisplayName("D16.5: many calls at once share one connection, and progress reaches whoever asked")
    void together() throws Exception {
        // The server is closed first, so that nobody waits for it any more.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = ToolServer.start(home.plan(), Ticker.system())) {
            var _ = threads.submit(() -> server.look("render", doing("hang"), Progress.none()));
            var answers = new ArrayList<java.util.concurrent.Future<Reply>>();
            for (var i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> server.look("status", Json.object(), Progress.none())));
            }
            for (var answer : answers) {
                assertThat(text(answer.get())).isEqualTo("did status");
            }
            var heard = new ArrayList<String>();
            var reply = server.look(
                    "status",
                    doing("progress"),
                    (done, total, message) -> heard.add(done + "/" + total + " " + message));
            assertThat(text(reply)).isEqualTo("came far");
            assertThat(heard).containsExactly("1/2 half way");
        }
    }

    @Test
    @DisplayName("D16.5: what was reported before the answer is heard, also by somebody who comes to wait after it")
    void lateListener() throws Exception {
        var request = new Pending(1, Json.object(), () -> true, gone -> {});
        request.report(1, 2, "half way");
        request.settle(new Reply.Cut());
        request.report(2, 2, "after the answer");
        var heard = new ArrayList<String>();

        assertThat(request.await((done, total, message) -> heard.add(message))).isEqualTo(new Reply.Cut());

        assertThat(heard).containsExactly("half way");
    }

    @Test
    @DisplayName("D12.4: a call that is given up is cancelled at the server, and the connection goes on")
    void cancel() throws Exception {
        try (var server = ToolServer.start(home.plan(), Ticker.system())) {
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    server.look("render", doing("hang"), Progress.none());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await().until(() -> home.heard("/render") == 1);
            caller.interrupt();
            caller.join();
            await().until(() -> home.heard("notifications/cancelled") == 1);
            var heard = home.heard();
            assertThat(heard.getLast().path("params").path("requestId"))
                    .isEqualTo(heard.get(heard.size() - 2).path("id"));

            assertThat(text(server.look("status", Json.object(), Progress.none())))
                    .isEqualTo("did status");
            assertThat(home.starts()).hasSize(1);
        }
    }

    @Test
    @DisplayName("D16.5: one that dies is started again after a pause, and whatever it had started is ended")
    void restart() throws Exception {
        var ticker = new ManualTicker();
        try (var server = ToolServer.start(home.plan(), ticker)) {
            assertThat(text(server.look("status", doing("spawn"), Progress.none())))
                    .isEqualTo("spawned");
            var spawned = home.spawned().orElseThrow();
            assertThat(server.look("status", doing("die"), Progress.none())).isEqualTo(new Reply.Lost(true));
            await().until(() -> server.barrier().isPresent());
            assertThat(server.look("status", Json.object(), Progress.none())).isInstanceOf(Reply.Lost.class);
            await().until(() -> !spawned.isAlive());
            // Everything pauses on the ticker, the greeting of the next process as well.
            await().until(() -> {
                ticker.advance(Duration.ofMillis(500));
                return server.barrier().isEmpty();
            });
            assertThat(home.starts()).hasSizeGreaterThan(1);
            assertThat(text(server.look("status", Json.object(), Progress.none())))
                    .isEqualTo("did status");
        } finally {
            ticker.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    @DisplayName("T22.1: a program that was swapped is not started again")
    void swapped() throws Exception {
        var ticker = new ManualTicker();
        try (var server = ToolServer.start(home.plan(), ticker)) {
            home.program("-Dswapped=true");
            assertThat(server.look("status", doing("die"), Progress.none())).isInstanceOf(Reply.Lost.class);
            await().until(() -> server.barrier().isPresent());
            await().until(() -> {
                ticker.advance(Duration.ofSeconds(1));
                return server.barrier()
                        .map(barrier -> barrier.message().contains("another one now"))
                        .orElse(false);
            });
            ticker.advance(Duration.ofHours(1));
            assertThat(server.look("status", Json.object(), Progress.none())).isInstanceOf(Reply.Lost.class);
            assertThat(home.starts()).hasSize(1);
        } finally {
            ticker.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    @DisplayName("T3.2: after list_changed nothing is handed over any more")
    void listChanged() throws Exception {
        // The server is closed first, so that nobody waits for it any more.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = ToolServer.start(home.plan(), Ticker.system())) {
            var drifted = new CompletableFuture<Void>();
            server.onDrift(() -> drifted.complete(null));
            var _ = threads.submit(() -> server.look("status", doing("change"), Progress.none()));
            drifted.join();
            assertThat(server.look("status", Json.object(), Progress.none())).isEqualTo(new Reply.Withheld());
            assertThat(server.drift()).isPresent();
            assertThat(home.heard("/status")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T3.2: a list that changes without a word is noticed")
    void silentChange() throws Exception {
        var ticker = new ManualTicker();
        try (var server = ToolServer.start(home.plan(), ticker)) {
            assertThat(server.look("status", doing("sneak"), Progress.none())).isInstanceOf(Reply.Result.class);
            ticker.awaitSleepers(1);
            ticker.advance(Duration.ofSeconds(30));
            await().until(() -> server.drift().isPresent());
            assertThat(server.look("status", Json.object(), Progress.none())).isEqualTo(new Reply.Withheld());
        }
    }

    @Test
    @DisplayName("D16.5: a line without end costs the server its connection, and us no memory")
    void hugeLine() throws Exception {
        try (var server = ToolServer.start(home.plan(), Ticker.system())) {
            assertThat(server.look("status", doing("huge"), Progress.none())).isEqualTo(new Reply.Lost(true));
        }
    }
}
