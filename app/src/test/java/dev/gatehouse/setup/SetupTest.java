package dev.gatehouse.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.setup.SetupRequest.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** dispatcher.md section 15. */
class SetupTest {
    private static final String PIN = "ab".repeat(32);
    private static final Path EXAMPLE = Path.of("..", "examples", "sim-arm");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Setup setup = new Setup(new SplittableRandom(7), (robotMd, driver) -> PIN);

    @BeforeEach
    void simulatedArm() throws Exception {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(EXAMPLE.resolve(name), directory.resolve(name));
        }
    }

    private SetupRequest request(boolean replace, Delivery delivery) {
        return new SetupRequest(directory, "./gatehouse", replace, delivery);
    }

    private SetupResult.Done done(SetupResult result) {
        assertThat(result).isInstanceOf(SetupResult.Done.class);
        return (SetupResult.Done) result;
    }

    private String refused(SetupResult result) {
        assertThat(result).isInstanceOf(SetupResult.Refused.class);
        return ((SetupResult.Refused) result).message();
    }

    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                contents.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return contents;
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    @Test
    @DisplayName("the file table: names, modes, and the token nowhere on disk (D15.2)")
    void shownToken() throws Exception {
        var done = done(setup.run(request(false, Delivery.SHOWN)));

        assertThat(contents())
                .containsOnlyKeys("ROBOT.md", "scene.yaml", "bearers.yaml", ".env", "policy.yaml", "dispatch-test.sh");
        assertThat(mode("bearers.yaml")).isEqualTo("rw-------");
        assertThat(mode(".env")).isEqualTo("rw-r--r--");
        assertThat(mode("policy.yaml")).isEqualTo("rw-r--r--");
        assertThat(mode("dispatch-test.sh")).isEqualTo("rwx------");
        var token = ChoicesTest.token(done.shown(), FirstCredential.ACTUATE);
        assertThat(contents().values()).noneMatch(text -> text.contains(token));
        assertThat(contents().get("bearers.yaml"))
                .contains(CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("D15.1: 43 characters of base64url, new ones each time")
    void tokens() {
        var one = ChoicesTest.token(
                done(setup.run(request(false, Delivery.SHOWN))).shown(), FirstCredential.ACTUATE);
        var other =
                ChoicesTest.token(done(setup.run(request(true, Delivery.SHOWN))).shown(), FirstCredential.ACTUATE);

        assertThat(one).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(other);
    }

    @Test
    void writtenToken() throws Exception {
        var done = done(setup.run(request(false, Delivery.WRITTEN)));

        assertThat(done.shown()).isEmpty();
        assertThat(mode("actuate.token")).isEqualTo("rw-------");
        var token = Files.readString(directory.resolve("actuate.token")).strip();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(contents().get("bearers.yaml"))
                .contains(CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8)));
        assertThat(contents().entrySet().stream()
                        .filter(file -> file.getValue().contains(token))
                        .map(Map.Entry::getKey))
                .containsExactly("actuate.token");
    }

    @Test
    @DisplayName("a token of an earlier run is removed with it, or the test script would present a dead one")
    void staleToken() throws Exception {
        done(setup.run(request(false, Delivery.WRITTEN)));
        done(setup.run(request(true, Delivery.SHOWN)));

        assertThat(contents()).doesNotContainKey("actuate.token");
    }

    @Test
    void environmentFile() throws Exception {
        done(setup.run(request(false, Delivery.SHOWN)));

        assertThat(Files.readString(directory.resolve(".env")).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "ROBOT_MD_PATH=" + directory.resolve("ROBOT.md"),
                        "ROBOT_MD_BEARERS_FILE=" + directory.resolve("bearers.yaml"),
                        "ROBOT_MD_MCP_COMMAND=",
                        "ROBOT_MD_LOG_LEVEL=INFO",
                        "ROBOT_MD_HOST=127.0.0.1",
                        "ROBOT_MD_PORT=8080",
                        "GATEHOUSE_POLICY=" + directory.resolve("policy.yaml"));
    }

    @Test
    @DisplayName("D15.5: the exact line that starts the server")
    void serveLine() {
        assertThat(done(setup.run(request(false, Delivery.SHOWN))).serve())
                .isEqualTo(
                        "./gatehouse serve --robot-md %1$s/ROBOT.md --bearers %1$s/bearers.yaml --policy %1$s/policy.yaml"
                                        .formatted(directory)
                                + " --driver sim-arm --host 127.0.0.1 --port 8080");
    }

    @Test
    void withoutASceneNoDriverIsSuggested() throws Exception {
        Files.delete(directory.resolve("scene.yaml"));

        var done = done(setup.run(request(false, Delivery.SHOWN)));

        assertThat(done.serve()).contains("--driver none");
        assertThat(String.join("\n", done.notes())).contains("scene.yaml");
    }

    @Test
    void aRobotWithOtherDriversIsNotServedAsASimulation() throws Exception {
        var text = Files.readString(directory.resolve("ROBOT.md"));
        Files.writeString(
                directory.resolve("ROBOT.md"),
                text.replaceFirst(Pattern.quote("protocol: sim"), "protocol: feetech")
                        .replace("backend: sim_arm", ""));

        assertThat(done(setup.run(request(false, Delivery.SHOWN))).serve()).contains("--driver none");
    }

    @Test
    void precondition1() throws Exception {
        Files.delete(directory.resolve("ROBOT.md"));
        assertThat(refused(setup.run(request(false, Delivery.SHOWN)))).startsWith("No ROBOT.md in " + directory);

        Files.createDirectory(directory.resolve("ROBOT.md"));
        assertThat(refused(setup.run(request(false, Delivery.SHOWN)))).startsWith("No ROBOT.md in " + directory);
    }

    @Test
    void precondition2() throws Exception {
        Files.writeString(directory.resolve("ROBOT.md"), "---\na: [\n---\n");

        assertThat(refused(setup.run(request(false, Delivery.SHOWN)))).contains("cannot be read: ");
        assertThat(contents()).containsOnlyKeys("ROBOT.md", "scene.yaml");
    }

    @Test
    void precondition3() throws Exception {
        var text = Files.readString(directory.resolve("ROBOT.md"));
        Files.writeString(directory.resolve("ROBOT.md"), text.replace("dof: 6", "dof: six"));

        assertThat(refused(setup.run(request(false, Delivery.SHOWN)))).matches("(?s)ROBOT.md is not valid:(\n  - .+)+");
        assertThat(contents()).containsOnlyKeys("ROBOT.md", "scene.yaml");
    }

    @Test
    void precondition4() {
        var broken = new Setup(new SplittableRandom(1), (robotMd, driver) -> {
            throw new ConfigException("no arm of this build");
        });

        assertThat(refused(broken.run(request(false, Delivery.SHOWN)))).contains("no arm of this build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearers.yaml", ".env", "dispatch-test.sh", "policy.yaml", "actuate.token"})
    void precondition5(String name) throws Exception {
        Files.writeString(directory.resolve(name), "precious");

        assertThat(refused(setup.run(request(false, Delivery.SHOWN))))
                .startsWith(name + " in ")
                .contains("--force");
        assertThat(contents()).containsOnlyKeys("ROBOT.md", "scene.yaml", name).containsEntry(name, "precious");
    }

    @Test
    @DisplayName("D15.4: a failed write changes nothing, --force or not")
    void failedWrite() throws Exception {
        done(setup.run(request(false, Delivery.WRITTEN)));
        Files.delete(directory.resolve("policy.yaml"));
        Files.createDirectory(directory.resolve("policy.yaml"));
        Files.createFile(directory.resolve("policy.yaml/inside"));
        var before = Files.readString(directory.resolve("bearers.yaml"));

        var message = refused(setup.run(request(true, Delivery.SHOWN)));

        assertThat(message).startsWith("Write failed: ");
        assertThat(directory.resolve("bearers.yaml")).hasContent(before);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(
                            "ROBOT.md",
                            "scene.yaml",
                            "bearers.yaml",
                            ".env",
                            "policy.yaml",
                            "dispatch-test.sh",
                            "actuate.token");
        }
    }

    @Test
    void pathsWithSpacesSurvive() throws Exception {
        var spaced = Files.createDirectory(directory.resolve("my $robot's arm"));
        Files.copy(EXAMPLE.resolve("ROBOT.md"), spaced.resolve("ROBOT.md"));

        var done = done(setup.run(new SetupRequest(spaced, "gatehouse", false, Delivery.SHOWN)));

        assertThat(done.serve()).contains("'" + directory + "/my $robot'\\''s arm/ROBOT.md'");
        assertThat(Files.readString(spaced.resolve(".env")))
                .contains("ROBOT_MD_PATH=\"" + directory + "/my \\$robot's arm/ROBOT.md\"\n");
    }
}
