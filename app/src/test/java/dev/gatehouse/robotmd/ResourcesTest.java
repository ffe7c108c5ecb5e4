package dev.gatehouse.robotmd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Resource;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ResourcesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Resource.Content unreadable(String message) {
        return new Resource.Content.Unreadable(message);
    }

    @Test
    @DisplayName("8.3: eleven resources in this order, named by kind, titled by robot, each with a type")
    void list() {
        var resources = Bench.of(directory, Bench.minimal()).offer.resources();

        assertThat(resources.stream().map(r -> r.name() + " " + r.mimeType()))
                .containsExactly(
                        "identity text/plain",
                        "context text/markdown",
                        "frontmatter application/json",
                        "capabilities application/json",
                        "safety application/json",
                        "body text/markdown",
                        "learned_skills application/json",
                        "calibration_status application/json",
                        "poses application/json",
                        "recent_invocations application/json",
                        "recent_errors application/json");
        assertThat(resources).allSatisfy(resource -> {
            assertThat(resource.uri()).isEqualTo("robot-md://tin-mouse/" + resource.name());
            assertThat(resource.title()).startsWith("tin-mouse · ");
            assertThat(resource.description()).contains("For \"");
        });
    }

    @Test
    @DisplayName("8.3: both modes serve the same resources")
    void sameInBothModes() {
        var manifestOnly = Bench.of(directory, Bench.minimal()).offer.resources();
        var actuation = Bench.of(directory, Bench.minimal(), Bench.actuation(false))
                .offer
                .resources();

        assertThat(actuation.stream().map(Resource::uri))
                .containsExactlyElementsOf(
                        manifestOnly.stream().map(Resource::uri).toList());
    }

    @Test
    @DisplayName("8.3: frontmatter is the whole mapping in order, two-space indent")
    void frontmatter() {
        var bench = Bench.of(directory, "---\nb: [1, {c: .5}]\na: {}\nd: []\nmetadata: {robot_name: x}\n---\n");

        assertThat(bench.read("frontmatter")).isEqualTo("""
                {
                  "b": [
                    1,
                    {
                      "c": 0.5
                    }
                  ],
                  "a": {},
                  "d": [],
                  "metadata": {
                    "robot_name": "x"
                  }
                }""");
    }

    @Test
    @DisplayName("8.3: the narrow resources show their part of the manifest")
    void parts() throws Exception {
        var bench = Bench.of(directory, Bench.fixture("arm-with-camera.ROBOT.md"));
        var all = bench.json("frontmatter");

        assertThat(bench.json("capabilities")).isEqualTo(all.get("capabilities"));
        assertThat(bench.json("safety")).isEqualTo(all.get("safety"));
        assertThat(bench.json("learned_skills")).isEqualTo(all.get("learned_skills"));
        assertThat(bench.read("body")).startsWith("\n# clerk\n").endsWith("before anything moves.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nmetadata: {robot_name: odd}\n---\n",
                "---\nmetadata: {robot_name: odd}\ncapabilities: arm.pick\nsafety: [1]\nlearned_skills: {}\nphysics: {poses: 3}\n---\n"
            })
    @DisplayName("8.3: what is missing or of another type is empty")
    void empty(String manifest) {
        var bench = Bench.of(directory, manifest);

        assertThat(bench.read("capabilities")).isEqualTo("[]");
        assertThat(bench.read("safety")).isEqualTo("{}");
        assertThat(bench.read("learned_skills")).isEqualTo("[]");
        assertThat(bench.read("poses")).isEqualTo("{}");
        assertThat(bench.read("recent_invocations")).isEqualTo("[]");
        assertThat(bench.read("recent_errors")).isEqualTo("[]");
    }

    @Test
    @DisplayName("8.3: calibration is ok or missing, item by item")
    void calibration() throws Exception {
        var calibrated = """
                ---
                metadata: {robot_name: x}
                physics:
                  kinematics: [{id: a, zero_pose_steps: 0}, {id: b, zero_pose_steps: 2048}]
                  solver: {cameras: [{extrinsic: null}, {extrinsic: [0, 0, 0, 0, 0, 0]}]}
                  poses: {home: {joints: {a: 1}}}
                ---
                """;

        assertThat(Json.line(Bench.of(directory, calibrated).json("calibration_status")))
                .isEqualTo("{\"zero\":\"ok\",\"hand_eye\":\"ok\",\"poses_ready\":\"ok\"}");
        assertThat(Json.line(Bench.of(directory, calibrated.replace(", zero_pose_steps: 2048", ""))
                        .json("calibration_status")))
                .isEqualTo("{\"zero\":\"missing\",\"hand_eye\":\"ok\",\"poses_ready\":\"ok\"}");
        assertThat(Json.line(Bench.of(directory, Bench.minimal()).json("calibration_status")))
                .isEqualTo("{\"zero\":\"missing\",\"hand_eye\":\"missing\",\"poses_ready\":\"missing\"}");
    }

    @Test
    @DisplayName("8.3: the last hundred executions, newest last, and those of them that failed")
    void records() throws Exception {
        var records = IntStream.range(0, 120)
                .mapToObj(i -> Json.object().put("request_id", "r" + i).put("status", i % 50 == 0 ? "error" : "ok"))
                .toArray(ObjectNode[]::new);
        var bench = Bench.of(directory, Bench.minimal(), Bench.actuation(false, records));

        assertThat(bench.json("recent_invocations")
                        .valueStream()
                        .map(record -> record.path("request_id").stringValue()))
                .hasSize(100)
                .startsWith("r20", "r21")
                .endsWith("r119");
        assertThat(bench.json("recent_errors")
                        .valueStream()
                        .map(record -> record.path("request_id").stringValue()))
                .containsExactly("r50", "r100");
    }

    @Test
    @DisplayName("8.8, 8.9: deleted, corrupted and restored while it is served; no path in any message")
    void whileServed() throws Exception {
        var bench = Bench.of(directory, Bench.minimal());

        bench.delete();
        for (var resource : bench.offer.resources()) {
            assertThat(resource.content().get()).isEqualTo(unreadable("file no longer readable"));
        }
        bench.write("---\na: [\n---\n");
        assertThat(bench.content("safety"))
                .isInstanceOfSatisfying(
                        Resource.Content.Unreadable.class,
                        answer -> assertThat(answer.message())
                                .startsWith("invalid YAML frontmatter: ")
                                .doesNotContain("ROBOT.md")
                                .doesNotContain(directory.toString()));
        bench.write(Bench.minimal());
        assertThat(bench.read("identity")).startsWith("tin-mouse ");
    }

    @Test
    @DisplayName("8.9.4: a renamed robot keeps its URIs with the new content; the new name is unknown")
    void renamed() {
        var bench = Bench.of(directory, Bench.minimal());
        bench.write(Bench.named("lead-mouse"));

        assertThat(bench.read("identity")).startsWith("lead-mouse ");
        assertThat(bench.read("context")).startsWith("# Robot context — tin-mouse\n\nlead-mouse ");
        assertThat(bench.offer.resource("robot-md://lead-mouse/identity")).isEmpty();
        assertThat(bench.offer.resources()).allMatch(r -> r.uri().startsWith("robot-md://tin-mouse/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my robot", "a/b", "röbot", "50%", "a%20b", "x?y", "a#b", "..", "../up", "  padded  "})
    @DisplayName("8.2, 8.3: whatever the name, what is listed can be read, and the reply has the listed URI")
    void names(String name) {
        var bench = Bench.of(directory, Bench.named(name));

        for (var listed : bench.offer.resources()) {
            assertThat(bench.offer.resource(listed.uri())).containsSame(listed);
            assertThat(bench.offer.resource("robot-md://" + name.strip() + "/" + listed.name()))
                    .containsSame(listed);
        }
        assertThat(bench.structured("validate").path("warnings").toString()).doesNotContain("[renamed]");
    }

    @Test
    @DisplayName("8.3, 6: unknown and reserved kinds are not served")
    void unknown() {
        var offer = Bench.of(directory, Bench.minimal()).offer;

        assertThat(offer.resource("robot-md://tin-mouse/nope")).isEmpty();
        assertThat(offer.resource("robot-md://tin-mouse/signature")).isEmpty();
        assertThat(offer.resource("robot-md://hotplug/pending")).isEmpty();
    }
}
