package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.FaultyLink;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse dispatch} in front of a real server. */
class DispatchCommandTest {
    private static final String HOSTILE = Scripts.script("hostile", "[{say: \"fine\\e[2J\\u202E\\r\\nsecond line\"}]");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Bench bench;

    @BeforeAll
    static void start() {
        server = TestServer.with().scripts(Scripts.CREEP, HOSTILE).start();
        bench = new Bench(server, directory);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static JsonNode json(String text) throws Exception {
        return Json.read(text);
    }

    @Test
    @DisplayName("D18.3: progress goes to standard error, the summary alone to standard output; completed is 0")
    void story() {
        var run = bench.run(Who.READER, "dispatch", "describe", "the", "arm");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("I have read the manifest").doesNotContain("accepted:", "calls ");
        assertThat(run.err()).contains("accepted: reader", "rehearsal", "calls render", "completed after");
    }

    @Test
    void quiet() {
        var run = bench.run(Who.READER, "dispatch", "--quiet", "describe the arm");

        assertThat(run.out()).startsWith("I have read the manifest");
        assertThat(run.err()).isEmpty();
    }

    @Test
    @DisplayName("options are members of the order; what was not said is left to the server")
    void options() throws Exception {
        var run = bench.run(
                Who.ACTUATOR,
                "dispatch",
                "--json",
                "--max-turns=7",
                "--max-budget-usd=0.25",
                "--effect=observe",
                "--engine=rehearsal",
                "--deadline-s=60",
                "--label=room=kitchen",
                "--label=who=cron",
                "describe the arm");

        assertThat(run.exit()).as(run.err()).isZero();
        var task = json(run.out());
        assertThat(task.path("state").asString()).isEqualTo("completed");
        assertThat(task.path("effect").asString()).isEqualTo("observe");
        assertThat(task.path("result").path("summary").asString()).startsWith("I have read");
        assertThat(task.path("labels").path("room").asString()).isEqualTo("kitchen");
        assertThat(task.path("options").path("max_turns").asInt()).isEqualTo(7);
        assertThat(task.path("options").path("deadline_s").asInt()).isEqualTo(60);
        assertThat(run.err()).isEmpty();
    }

    @Test
    @DisplayName("--ndjson: every event is one line of JSON, from accepted to result")
    void events() throws Exception {
        var run = bench.run(Who.READER, "dispatch", "--ndjson", "describe the arm");

        var lines = run.out().lines().toList();
        assertThat(json(lines.getFirst()).path("type").asString()).isEqualTo("accepted");
        assertThat(json(lines.getLast()).path("type").asString()).isEqualTo("result");
        for (var line : lines) {
            assertThat(json(line).isObject()).isTrue();
        }
    }

    @Test
    @DisplayName("D11.6: --deadman-s is the server's deadman_s, and needs somebody who follows")
    void deadMan() throws Exception {
        var run = bench.run(Who.READER, "dispatch", "--json", "--deadman-s=2", "describe the arm");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(json(run.out()).path("options").path("deadman_s").asInt()).isEqualTo(2);
        assertThat(bench.run(Who.READER, "dispatch", "--deadman-s=61", "describe the arm")
                        .err())
                .contains("deadman_s");
        var alone = bench.run(Who.READER, "dispatch", "--async", "--deadman-s=5", "describe the arm");
        assertThat(alone.exit()).isEqualTo(64);
        assertThat(alone.err()).contains("--async follows nothing");
    }

    @Test
    @DisplayName("--async prints the id of the task, with which tasks --follow shows it to its end")
    void async() {
        var run = bench.run(Who.READER, "dispatch", "--async", "describe the arm");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).matches("tsk-[0-9a-z]+\\R");
        var followed = bench.run(Who.READER, "tasks", run.out().strip(), "--follow");
        assertThat(followed.exit()).isZero();
        assertThat(followed.out()).startsWith("I have read the manifest");
    }

    @Test
    @DisplayName("the goal comes from a file as well, exactly as it is there")
    void goalFile() throws Exception {
        var goal = Files.writeString(directory.resolve("goal.txt"), "describe the arm,\n\"quoted\" — $HOME @x\n");

        var run = bench.run(Who.READER, "dispatch", "--json", "--goal-file", goal.toString());

        assertThat(json(run.out()).path("goal").asString()).isEqualTo("describe the arm,\n\"quoted\" — $HOME @x");
    }

    @Test
    @DisplayName("T8: a word that begins with @ is a word and never becomes the content of a file")
    void noFileByAccident() throws Exception {
        var secret = Files.writeString(directory.resolve("secret"), "do-not-tell");

        var run = bench.run(Who.READER, "dispatch", "--json", "describe", "@" + secret);

        assertThat(json(run.out()).path("goal").asString()).isEqualTo("describe @" + secret);
    }

    @Test
    @DisplayName("T9.1: what a model says cannot move the cursor or hide; the words stay readable")
    void hostileText() {
        for (var form : List.of("--quiet", "--ndjson", "--json", "--effect=observe")) {
            var run = bench.run(Who.READER, "dispatch", form, "hostile");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("second line");
            assertThat(run.out() + run.err()).doesNotContain("\u001b", "\u202e", "\r");
        }
    }

    @Test
    @DisplayName("D18.4: a completed task whose calls were refused is 0, and 2 with --fail-on-denial")
    void denials() {
        assertThat(bench.run(Who.READER, "dispatch", "-q", "pick the red cube").exit())
                .isZero();
        var run = bench.run(Who.READER, "dispatch", "-q", "--fail-on-denial", "pick the red cube");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("calls were refused");
        assertThat(run.out()).isNotBlank();
    }

    @Test
    @DisplayName("D18.4: a limit of the task is its exit code")
    void limits() {
        var run = bench.run(Who.READER, "dispatch", "-q", "--max-turns", "1", "describe the arm");

        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.err()).contains("max_turns");
    }

    @Test
    @DisplayName("D18.4: 64 what the server does not accept, with the name of the member; 77 a token without the right")
    void refusals() {
        var bad = bench.run(Who.READER, "dispatch", "--max-turns", "500", "describe the arm");
        assertThat(bad.exit()).isEqualTo(64);
        assertThat(bad.err()).contains("max_turns");
        assertThat(bench.run(Who.EXPIRED, "dispatch", "describe the arm").exit())
                .isEqualTo(77);
        assertThat(bench.run(Who.BUTTON, "dispatch", "describe the arm").exit()).isEqualTo(77);
        assertThat(bench.run(Who.READER, "dispatch", "--effect=actuate", "tap").exit())
                .isEqualTo(77);
    }

    @Test
    @DisplayName("D18.4: 7 while another task moves the robot, 6 when a stop ended it or is set")
    void busyAndStopped() {
        var moving =
                bench.run(Who.ACTUATOR, "dispatch", "--async", "creep").out().strip();
        try {
            var busy = bench.run(Who.OTHER, "dispatch", "--effect=actuate", "creep");
            assertThat(busy.exit()).as(busy.err()).isEqualTo(7);
            assertThat(bench.run(Who.BUTTON, "estop").exit()).isZero();
            assertThat(bench.run(Who.ACTUATOR, "tasks", moving, "--follow").exit())
                    .isEqualTo(6);
            assertThat(bench.run(Who.ACTUATOR, "dispatch", "creep").exit()).isEqualTo(6);
        } finally {
            server.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dispatch",
                "dispatch --goal-file f look",
                "dispatch --no-such-flag look",
                "dispatch --json --ndjson look",
                "dispatch --async --ndjson look",
                "dispatch --idempotency-key auto look",
                "dispatch --job nightly look",
                "dispatch --idempotency-key a\"b look",
                "dispatch --goal-file /nowhere/at/all",
            })
    @DisplayName("D18.4: wrong usage is 64, says why, and asks nothing of the server")
    void wrongUsage(String words) {
        var run = bench.run(
                Who.READER,
                "dispatch",
                words.substring("dispatch".length()).strip().isEmpty()
                        ? new String[0]
                        : words.substring("dispatch ".length()).split(" "));

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank();
    }

    @Test
    @DisplayName("D18.2: auto is one key for one host, job and minute; the key travels as a header")
    void automaticKey() throws Exception {
        var before = ScheduledRun.now("nightly", Instant.now()).key();
        String sent;
        try (var link = FaultyLink.to(server.url())) {
            var run = CliRun.of(bench.words(
                            link.url(),
                            Who.READER,
                            "dispatch",
                            "-q",
                            "--idempotency-key=auto",
                            "--job=nightly",
                            "describe the arm")
                    .toArray(String[]::new));
            assertThat(run.exit()).isZero();
            sent = link.sent();
        }
        var after = ScheduledRun.now("nightly", Instant.now()).key();

        assertThat(sent).containsAnyOf("Idempotency-Key: \"" + before + "\"", "Idempotency-Key: \"" + after + "\"");
        assertThat(sent).doesNotContain("nightly");
    }

    @Test
    @DisplayName("D18.2: another host, another job and another minute are another run")
    void runs() {
        var at = Instant.parse("2026-11-20T02:30:00.100Z");
        var run = new ScheduledRun("robot", "tidy", at);

        assertThat(new ScheduledRun("robot", "tidy", at.plusSeconds(59)).key()).isEqualTo(run.key());
        assertThat(new ScheduledRun("robot", "tidy", at.plusSeconds(60)).key()).isNotEqualTo(run.key());
        assertThat(new ScheduledRun("other", "tidy", at).key()).isNotEqualTo(run.key());
        assertThat(new ScheduledRun("robot", "sweep", at).key()).isNotEqualTo(run.key());
    }

    @Test
    @DisplayName("D18.1: the model key comes from a private file and is sent to the server and shown to nobody")
    void modelKey() throws Exception {
        var key = "sk-ant-test-0123456789abcdef";
        var file = directory.resolve("model.key");
        dev.gatehouse.file.AtomicFile.write(file, key.getBytes(UTF_8), dev.gatehouse.file.AtomicFile.OWNER_ONLY);
        try (var link = FaultyLink.to(server.url())) {
            var words =
                    bench.words(link.url(), Who.READER, "dispatch", "--key-file", file.toString(), "describe the arm");
            var run = CliRun.of(words.toArray(String[]::new));

            assertThat(link.sent()).contains("X-Anthropic-Api-Key: " + key);
            assertThat(run.out() + run.err()).doesNotContain(key, Who.READER.token());
        }
    }
}
