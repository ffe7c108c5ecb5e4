package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("17.2: gatehouse doctor")
class DoctorCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("reads the settings of serve from the env file, and finds the server that runs on them")
    void besideAServer() throws Exception {
        var arm = Arm.setUp(directory);
        var arguments = new String[] {
            "doctor",
            "--env-file",
            arm.file(".env").toString(),
            "--state-dir",
            arm.state().toString(),
            "--driver",
            "sim-arm",
            "--port",
            "0",
            "--stop-port",
            "0",
            "--json"
        };
        try (var server = CliProcess.start(arm.serve())) {
            server.await(line -> line.startsWith("gatehouse: ready on "));

            var run = CliRun.of(arguments);
            var checks = Json.read(run.out()).path("checks").valueStream().toList();

            assertThat(run.exit()).isEqualTo(3);
            assertThat(checks)
                    .filteredOn(check -> check.path("check").asString().equals("server"))
                    .allSatisfy(
                            check -> assertThat(check.path("what").asString()).startsWith("one is running on"))
                    .hasSize(1);
            assertThat(checks)
                    .filteredOn(check -> check.path("check").asString().equals("manifest"))
                    .allSatisfy(check -> assertThat(check.path("what").asString())
                            .isEqualTo("using ROBOT_MD_PATH=" + arm.file("ROBOT.md")))
                    .hasSize(1);
            assertThat(checks)
                    .extracting(check -> check.path("check").asString())
                    .contains("bearers", "policy");
            server.signal("TERM");
            assertThat(server.exit(15)).isZero();
        }
        assertThat(CliRun.of(arguments).out()).contains("none is running");
    }

    @Test
    @DisplayName("D16.2, T22.2: makes the self-tests of a start and leaves nothing behind")
    void selfTests() throws Exception {
        var arm = Arm.setUp(directory);
        var temporary = Files.createDirectory(directory.resolve("tmp"));
        var arguments = List.of(
                "doctor",
                arm.file("ROBOT.md").toString(),
                "--bearers",
                arm.file("bearers.yaml").toString(),
                "--driver",
                "sim-arm",
                "--state-dir",
                directory.resolve("not-yet").toString(),
                "--latch",
                directory.resolve("estop.json").toString(),
                "--port",
                "0",
                "--stop-port",
                "0");

        var run = doctor(temporary, arguments);
        assertThat(run.exit()).as(run.out()).isEqualTo(3);
        assertThat(run.out())
                .contains("gate       turned away a reader who asked for motion")
                .contains("stop       its listener answers; a robot that may be stopped at rest confirmed a stop")
                .contains("engine     embedded, model ");
        // Java itself says that it was given an option.
        assertThat(run.err().lines()).noneMatch(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"));
        assertThat(directory.resolve("not-yet")).doesNotExist();
        assertThat(directory.resolve("estop.json")).doesNotExist();
        try (var left = Files.list(temporary)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("gatehouse-"));
        }

        var unknown = new ArrayList<>(arguments);
        unknown.addAll(List.of("--engine", "oracle"));
        var refused = doctor(temporary, unknown);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("self-test  engine oracle is not offered here");
    }

    private CliRun doctor(Path temporary, List<String> arguments) throws Exception {
        return CliProcess.run(
                directory,
                directory,
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary, "LC_ALL", "C"),
                "",
                arguments.toArray(String[]::new));
    }

    @Test
    @DisplayName("one line a check, what to do below it, and ASCII where nothing else can be shown")
    void forPeople() throws Exception {
        var run = CliProcess.run(
                directory, directory, Map.of("LC_ALL", "C"), "", "doctor", "--port", "0", "--stop-port", "0");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "\n! launcher   this program runs without",
                        "\nx manifest   no ROBOT.md found",
                        "\n             do: ")
                .contains("\n+ state      " + directory + "/.local/state/gatehouse is not there yet")
                .containsPattern("problems: 1, warnings: [1-9]")
                .matches(text -> text.chars().allMatch(c -> c < 128));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void wrongUsage() {
        assertThat(CliRun.of("doctor", "--port", "70000").exit()).isEqualTo(2);
        assertThat(CliRun.of("doctor", "--env-file", "/gone/.env").exit()).isEqualTo(2);
    }
}
