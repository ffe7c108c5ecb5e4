package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/**
 * People at the console, in a real browser (ADR 0022). The scenarios are in {@code peers/console.mjs}; they watch the page, and
 * see to it that no scenario runs a script, breaks the policy of the page or asks another host. What became of the arm is looked
 * at here. Pictures are left in {@code target/screenshots}.
 */
@Timeout(180)
class BrowserTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();

    /** Moves slowly, so that there is time to do something about it. */
    private static final String CREEP = script("creep", "[{call: [" + reach(120, 1) + "]}, {say: there}]");

    private static final String LOW = script("reach low", "[{call: [" + reach(120, 60) + "]}, {say: low}]");
    private static final String HIGH = script("reach high", "[{call: [" + reach(180, 60) + "]}, {say: high}]");

    /** Says what would run if it were markup, and turns the writing around. */
    private static final String RECITE = script(
            "recite",
            "[{say: \"<img src=x onerror=alert(1)><script>alert(2)</script>"
                    + "<a href=\\\"javascript:alert(3)\\\">x</a> \\u202e\"}]");

    @SuppressWarnings("NullAway.Init")
    private static TestServer arm;

    @BeforeAll
    static void start() throws IOException {
        Node.chromium();
        Files.createDirectories(SCREENSHOTS);
        arm = TestServer.with().scripts(CREEP, RECITE).start();
    }

    /** Here every motion waits for a person, and nobody has asked for one yet. */
    private static TestServer held() {
        return TestServer.with()
                .policy("tools: {execute_capability: {approval: always}}\n")
                .scripts(LOW, HIGH)
                .start();
    }

    @AfterAll
    static void end() {
        if (arm != null) {
            arm.close();
        }
    }

    @AfterEach
    void nothingMoves() {
        await().until(() -> !arm.arm().moving());
    }

    private static String script(String name, String turns) {
        return "rehearsal: 1\nname: " + name.replace(' ', '-') + "\nmatch: \"^" + name + "\"\nturns: " + turns + "\n";
    }

    private static String reach(int z, int speed) {
        return "{tool: execute_capability, args: {capability: arm.reach, args: {x: 200, y: 100, z: %d, speed_dps: %d}}}"
                .formatted(z, speed);
    }

    private static ObjectNode play(TestServer server, String scenario) throws IOException, InterruptedException {
        var job = Json.object()
                .put("act", scenario)
                .put("url", server.url())
                .put("chromium", Node.chromium().toString())
                .put("screenshots", SCREENSHOTS.toString());
        var tokens = job.putObject("tokens");
        for (var who : Who.values()) {
            tokens.put(who.name(), who.token());
        }
        return Node.script("console.mjs", job);
    }

    @Test
    @DisplayName("A person logs in and out; STOP is the first control, and the token stays in memory")
    void logsIn() throws Exception {
        play(arm, "logIn");
    }

    @Test
    @DisplayName("4: a task is followed live and canceled")
    void follows() throws Exception {
        play(arm, "follow");

        assertThat(arm.arm().moving()).isFalse();
    }

    @Test
    @DisplayName("4.2, T27.1: a picture that was kept is saved as a file, by who may see it")
    void saves() throws Exception {
        try (var server = TestServer.with()
                .policy("artifacts: {keep: [pictures]}\n")
                .scripts(script("photo", "[{call: [{tool: render, args: {do: image}}]}, {say: seen}]"))
                .toolServer(program -> {})
                .start()) {
            play(server, "save");
        }
    }

    @Test
    @DisplayName("D7.1, D7.3: a person sees the exact call and what changed, approves one and denies the next")
    void approves() throws Exception {
        try (var held = held()) {
            play(held, "approve");

            assertThat(held.audit("approval_decided")).hasSize(2);
            assertThat(held.audit("tool_outcome")).hasSize(1);
        }
    }

    @Test
    @DisplayName("D7.5: who approves a direct call gets the token for its caller, and it is shown once")
    void handsOver() throws Exception {
        try (var held = held()) {
            play(held, "handOver");
        }
    }

    @Test
    @DisplayName("D7.1: what does not have the digest that was asked about cannot be approved")
    void isNotDeceived() throws Exception {
        try (var held = held()) {
            play(held, "deceive");

            assertThat(held.audit("tool_outcome")).isEmpty();
        }
    }

    @Test
    @DisplayName("D8.1: a token that may do nothing else stops a motion, from the keyboard of a phone")
    void stops() throws Exception {
        var stops = arm.audit("estop").size();

        play(arm, "stop");

        assertThat(arm.audit("estop")).hasSize(stops + 1);
    }

    @Test
    @DisplayName("D8.9: clearing asks for the latch and a reason")
    void clears() throws Exception {
        play(arm, "clear");

        assertThat(arm.audit("estop_clear").getLast().toString()).contains("looked at it");
    }

    @Test
    @DisplayName("D4.7, D8.1: over a connection that drops the stream misses nothing and the STOP arrives")
    void survivesADroppedConnection() throws Exception {
        play(arm, "drop");
    }

    @Test
    @DisplayName("T1: markup in goals, in what a model says and in reasons is text, and hidden characters are named")
    void injectsNothing() throws Exception {
        play(arm, "inject");
    }

    @Test
    @DisplayName("The audit is shown, or said not to be there")
    void showsTheAudit() throws Exception {
        play(arm, "audit");
    }

    @Test
    @DisplayName("Usable at 360 px and on a desk, light and dark; every control is 44 px high")
    void looksRight() throws Exception {
        try (var server = TestServer.start()) {
            play(server, "look");
        }
    }
}
