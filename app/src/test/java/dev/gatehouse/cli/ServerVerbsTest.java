package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs about a running server, in front of one (D18.5). */
class ServerVerbsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void start() {
        server = TestServer.with().scripts(Scripts.CREEP, Scripts.TAP).start();
        bench = new Bench(server, directory);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private String ordered(Who who, String goal) {
        var run = bench.run(who, "dispatch", "--async", "-q", goal);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().strip();
    }

    @Test
    @DisplayName("tasks lists one's own tasks, newest first, one a line; with an ID it shows one in full")
    void tasks() throws Exception {
        assertThat(bench.run(Who.READER, "tasks").err()).contains("no task");
        var first = ordered(Who.READER, "describe the arm");
        var second = ordered(Who.READER, "describe the \u001b[2Jarm".replace("\u001b", "\u202e"));
        assertThat(bench.run(Who.READER, "tasks", second, "-f", "-q").exit()).isZero();

        var list = bench.run(Who.READER, "tasks");
        assertThat(list.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(second, first);
        assertThat(list.out()).contains("\\u202e").doesNotContain("\u202e");
        assertThat(bench.run(Who.OTHER, "tasks").out()).isEmpty();
        var page = bench.run(Who.READER, "tasks", "--limit", "1");
        assertThat(page.out()).startsWith(second);
        assertThat(page.err()).contains("--after " + second);
        assertThat(bench.run(Who.READER, "tasks", "--limit=1", "--after", second)
                        .out())
                .startsWith(first);

        var one = bench.run(Who.READER, "tasks", second);
        assertThat(one.out())
                .contains("task       " + second, "asked by   reader, to observe", "result     I have read");
        assertThat(Json.read(bench.run(Who.READER, "tasks", second, "--json").out())
                        .path("state")
                        .asString())
                .isEqualTo("completed");
        assertThat(bench.run(Who.OTHER, "tasks", second).exit())
                .as("somebody else's")
                .isEqualTo(1);
    }

    @Test
    @DisplayName("cancel stops a motion and says the state; the follower of the task ends with 9")
    void cancel() {
        var task = ordered(Who.ACTUATOR, "creep");
        await().until(() -> server.arm().moving());

        var run = bench.run(Who.ACTUATOR, "cancel", task, "--reason", "wrong cube");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).startsWith(task + "  ");
        assertThat(bench.run(Who.ACTUATOR, "tasks", task, "--follow", "--quiet").exit())
                .isEqualTo(9);
        assertThat(server.arm().moving()).isFalse();
        assertThat(bench.run(Who.ACTUATOR, "cancel", task).out()).contains("canceled");
        assertThat(bench.run(Who.OTHER, "cancel", task).exit()).isEqualTo(1);
    }

    @Test
    @DisplayName("status says whether the robot may move, and by whom it was stopped")
    void status() throws Exception {
        var calm = bench.run(Who.READER, "status");
        assertThat(calm.exit()).isZero();
        assertThat(calm.out())
                .contains("robot      not stopped", "manifest   valid", "lease      free", "audit      writes");

        assertThat(bench.run(Who.BUTTON, "estop").exit()).isZero();
        assertThat(bench.run(Who.READER, "status").out()).contains("STOPPED by button since", "latch est-");
        var json = Json.read(bench.run(Who.READER, "status", "--json").out());
        assertThat(json.path("interlock").path("latched").booleanValue()).isTrue();
    }

    @Test
    @DisplayName("D8.9: estop needs no right but a token; clear needs its role, the latch and a reason")
    void stopAndClear() throws Exception {
        var stopped = bench.run(Who.BUTTON, "estop", "--json", "somebody", "is", "not", "clear", "of", "the", "arm");
        assertThat(stopped.exit()).as(stopped.err()).isZero();
        var latch = Json.read(stopped.out()).path("latch_id").asString();

        var wrong = bench.run(Who.ADMIN, "estop clear", "--latch", latch, "--reason", "looked");
        assertThat(wrong.exit()).isEqualTo(77);
        assertThat(bench.run(Who.CLEARER, "estop clear", "--latch", "est-none", "--reason", "looked")
                        .exit())
                .isEqualTo(1);
        assertThat(bench.run(Who.CLEARER, "estop clear", "--latch", latch).exit())
                .isEqualTo(64);
        var cleared = bench.run(Who.CLEARER, "estop clear", "--latch", latch, "--reason", "looked at it");
        assertThat(cleared.exit()).as(cleared.err()).isZero();
        assertThat(cleared.out()).contains("cleared    " + latch);
    }

    @Test
    @DisplayName(
            "D18.5: estop presses the server of this machine and every address at once; one that answers is enough")
    void everyWay() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        var run = CliRun.of(
                "estop",
                "--state-dir",
                server.state().toString(),
                "--url",
                "http://127.0.0.1:" + nobody,
                "--url",
                "http://far.example",
                "--url",
                "http://127.0.0.1:" + server.stopPort(),
                "--token-file",
                bench.tokenOf(Who.BUTTON).toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("stopped"));
        assertThat(run.err()).contains("127.0.0.1:" + nobody + " does not answer", "http://far.example is left out");
    }

    @Test
    @DisplayName("D18.5: a stop does not fail because of an option it does not know, or an answer it cannot read")
    void aStopIsNotTurnedDown() throws Exception {
        assertThat(bench.run(Who.BUTTON, "estop", "--hurry", "now").exit()).isZero();
        try (var strange = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var asked = new java.util.concurrent.CompletableFuture<String>();
            Thread.ofVirtual().start(() -> answer(strange, asked));
            var url = "http://127.0.0.1:" + strange.getLocalPort();

            var run = CliRun.of(bench.words(url, Who.BUTTON, "estop").toArray(String[]::new));

            assertThat(run.exit()).as("latched, as far as the status says").isEqualTo(1);
            assertThat(run.out()).contains("stopped", "NOT CONFIRMED");
            assertThat(asked.join())
                    .startsWith("POST /v1/estop")
                    .containsIgnoringCase("content-length: 0")
                    .doesNotContainIgnoringCase("content-type");
        }
    }

    private static void answer(ServerSocket strange, java.util.concurrent.CompletableFuture<String> asked) {
        try (var connection = strange.accept()) {
            var head = new byte[8192];
            var read = connection.getInputStream().read(head);
            asked.complete(new String(head, 0, read, StandardCharsets.UTF_8));
            var answer = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"latche{";
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
            var _ = connection.getInputStream().read();
        } catch (java.io.IOException e) {
            asked.completeExceptionally(e);
        }
    }

    @Test
    @DisplayName("estop says plainly that the robot is not stopped: 69 where nobody answers, 77 with an unknown token")
    void notStopped() {
        var unknown = bench.run(Who.EXPIRED, "estop");
        assertThat(unknown.exit()).isEqualTo(77);
        assertThat(unknown.err()).contains("NOT STOPPED");
        var nobody =
                CliRun.of(bench.words("http://127.0.0.1:9", Who.BUTTON, "estop").toArray(String[]::new));
        assertThat(nobody.exit()).isEqualTo(69);
        assertThat(nobody.err()).contains("NOT STOPPED");
    }

    @Test
    @DisplayName("approve and deny are short for what approvals does")
    void approvals() {
        for (var verb : new String[] {"approve", "deny"}) {
            var run = bench.run(Who.APPROVER, verb, "apr-00000000000000000000000000");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).startsWith("gatehouse " + verb + ": there is no such question");
            assertThat(bench.run(Who.READER, verb, "apr-00000000000000000000000000")
                            .exit())
                    .isEqualTo(77);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks ../x",
                "tasks --follow",
                "tasks --ndjson",
                "cancel",
                "cancel x",
                "status now",
                "estop clear"
            })
    @DisplayName("D18.4: wrong usage is 64")
    void usage(String words) {
        var run = CliRun.of(words.split(" "));

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatch", "tasks", "cancel", "approve", "deny", "estop", "status", "completion"})
    @DisplayName("every verb says what it is for, with examples and exit codes")
    void help(String verb) {
        var run = CliRun.of(verb, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Usage: gatehouse " + verb, "Examples:", "  gatehouse " + verb);
        if (!verb.equals("approve") && !verb.equals("deny")) {
            assertThat(run.out()).contains("Exit codes:");
        }
    }
}
