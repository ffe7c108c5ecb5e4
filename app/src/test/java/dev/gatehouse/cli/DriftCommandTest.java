package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("20, T22.3: gatehouse drift")
class DriftCommandTest {
    private static final String KEY = "sk-ant-canary-of-the-drift-test";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Arm arm;

    @BeforeEach
    void setUp() throws Exception {
        arm = Arm.setUp(directory);
    }

    private CliRun drift(String... more) {
        var words = new ArrayList<>(List.of(
                "drift",
                "--robot-md",
                arm.file("ROBOT.md").toString(),
                "--policy",
                arm.file("policy.yaml").toString(),
                "--baseline",
                baseline().toString()));
        if (!List.of(more).contains("--driver")) {
            words.addAll(List.of("--driver", "sim-arm"));
        }
        words.addAll(List.of(more));
        return CliRun.of(words.toArray(String[]::new));
    }

    private Path baseline() {
        return directory.resolve("drift.json");
    }

    private static List<String> of(JsonNode report, String member) {
        return report.path(member).valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode agreed() throws Exception {
        var run = drift("--update", "--json");
        assertThat(run.exit()).as(run.err() + run.out()).isZero();
        return Json.read(run.out());
    }

    private static long words(String text) {
        return text.strip().split("\\s+").length;
    }

    @Test
    @DisplayName("agreed to, everything fits: exit 0, {drifted, fits, action}")
    void fits() throws Exception {
        var report = agreed();

        assertThat(of(report, "drifted")).isEmpty();
        assertThat(of(report, "action")).isEmpty();
        assertThat(of(report, "fits"))
                .anyMatch(fit -> fit.startsWith("embedded engine: stream, tool call, usage, budget stop"))
                .anyMatch(fit -> fit.equals("claude code: not configured"))
                .anyMatch(fit -> fit.startsWith("tier table: "));
        assertThat(Json.read(Files.readString(baseline()))
                        .at("/sent/anthropic-version")
                        .asString())
                .matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(drift().exit()).isZero();
    }

    @Test
    @DisplayName("without a baseline nothing can be compared: exit 3, and what to do")
    void nothingAgreed() throws Exception {
        var run = drift();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("unchecked  tools: nothing to compare with", "gatehouse drift --update");
        assertThat(baseline()).doesNotExist();
        Files.writeString(baseline(), "{");
        assertThat(drift().exit()).isEqualTo(3);
        assertThat(drift().out()).contains("no baseline; write a new one with --update");
    }

    @Test
    @DisplayName("a changed surface: added, removed, changed, reclassified, and decided otherwise")
    void surface() throws Exception {
        agreed();
        var agreed = Files.readString(baseline());
        Files.writeString(
                baseline(),
                agreed.replaceFirst("(\"render\" *: *\")[0-9a-f]{64}", "$10000")
                        .replace("\"vision_find\"", "\"vision_seek\"")
                        .replaceFirst("(\"execute_capability\" *: *\")observe to actuate", "$1observe to observe")
                        .replace("deny tier tier_required", "allow")
                        .replaceFirst("(\"actuate execute_capability arm.home\" *: *\")allow", "$1deny"));

        var run = drift("--json");

        assertThat(run.exit()).isEqualTo(1);
        var drifted = of(Json.read(run.out()), "drifted");
        assertThat(drifted)
                .anyMatch(line -> line.equals("tools: added vision_find; removed vision_seek; changed render"))
                .anyMatch(line -> line.startsWith("tier table: decided otherwise: actuate execute_capability arm.home"))
                .anyMatch(
                        line -> line.startsWith("tool effects: ") && line.contains("reclassified execute_capability"));
        assertThat(of(Json.read(run.out()), "action")).anyMatch(action -> action.contains("--update"));
    }

    @Test
    @DisplayName("D6.7: another driver offers other tools than the policy pins")
    void pin() throws Exception {
        agreed();

        var run = drift("--driver", "none", "--json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(of(Json.read(run.out()), "drifted"))
                .anyMatch(line -> line.startsWith("pinned tools: not those of the policy"))
                .anyMatch(line -> line.startsWith("tools: changed execute_capability"));
    }

    @Test
    @DisplayName("another version of the SDK or of the API than was agreed to")
    void versions() throws Exception {
        agreed();
        Files.writeString(
                baseline(),
                Files.readString(baseline()).replaceFirst("(\"anthropic-version\" *: *\")[0-9-]+", "$12019-01-01"));

        assertThat(of(Json.read(drift("--json").out()), "drifted"))
                .containsExactly("sdk and api version: changed anthropic-version");
    }

    @Test
    @DisplayName("a model without a price")
    void prices() throws Exception {
        agreed();

        var run = drift("--model", "claude-unheard-of", "--json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(of(Json.read(run.out()), "drifted")).containsExactly("prices: no row for claude-unheard-of");
    }

    @Test
    @DisplayName("at most 200 words for people, however much has drifted")
    void words() throws Exception {
        agreed();
        var emptied = Json.object().put("version", 1);
        emptied.putObject("sent").put("x-older", "1").put("y-older", "1");
        for (var member : new String[] {"tools", "effects", "decisions"}) {
            var rows = emptied.putObject(member);
            for (var i = 0; i < 100; i++) {
                rows.put("a tool of before " + i, "x");
            }
        }
        Files.writeString(baseline(), Json.line(emptied));

        var run = drift("--driver", "none", "--model", "claude-unheard-of");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("drifted    tools: ", "drifted    prices: ", " more");
        assertThat(words(run.out())).isLessThanOrEqualTo(200);
    }

    @Test
    @DisplayName("--live: one count_tokens call and one message, with the key from a private file")
    void live() throws Exception {
        agreed();
        var key = Files.writeString(directory.resolve("model.key"), KEY + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        try (var server = RehearsalServer.start(ScriptLibrary.builtIn(), 0)) {
            var run = drift("--live", "--key-file", key.toString(), "--model-url", server.url(), "--json");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(of(Json.read(run.out()), "fits")).contains("live: claude-sonnet-5-5 counted and answered");
            assertThat(server.countRequests()).isEqualTo(1);
            assertThat(server.requests()).isEqualTo(1);
            assertThat(run.out() + run.err()).doesNotContain(KEY);
        }
    }

    @Test
    @DisplayName("--live: a provider that refuses is drift, and its words are not repeated")
    void liveRefused() throws Exception {
        agreed();
        var key = Files.writeString(directory.resolve("model.key"), KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        var refusing = Script.parse("{rehearsal: 1, name: no, match: Hello, turns: [{say: x, fault: {http: 401}}]}");
        try (var server = RehearsalServer.start(ScriptLibrary.builtIn().with(refusing), 0)) {
            var run = drift("--live", "--key-file", key.toString(), "--model-url", server.url());

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out())
                    .contains("drifted    live: ", "refused the caller's key")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void liveWithoutAKey() {
        var run = drift("--live", "--key-file", directory.resolve("none").toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("cannot be read");
    }

    @Test
    @DisplayName("a robot that cannot be opened is not checked, and not called fitting")
    void noRobot() throws Exception {
        agreed();
        Files.delete(arm.file("scene.yaml"));

        var run = drift();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("unchecked  tools: ", "scene.yaml");
    }
}
