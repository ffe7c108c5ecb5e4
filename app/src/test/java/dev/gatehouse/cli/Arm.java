package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directory with the simulated arm of the examples and what {@code init} wrote beside it.
 *
 * @param token of the caller that may actuate
 */
record Arm(Path directory, String token) {
    static Arm setUp(Path directory) throws IOException {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(Path.of("..", "examples", "sim-arm").resolve(name), directory.resolve(name));
        }
        var run = CliRun.of("init", "--yes", "--no-token-stdout", "--dir", directory.toString());
        if (run.exit() != 0) {
            throw new IllegalStateException(run.err());
        }
        return new Arm(
                directory, Files.readString(directory.resolve("actuate.token")).strip());
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path state() {
        return directory.resolve("state");
    }

    /** {@code serve} with what init wrote, free ports and a state directory here. */
    List<String> serve(String... more) {
        var words = new ArrayList<String>(List.of(
                "serve",
                "--env-file",
                file(".env").toString(),
                "--driver",
                "sim-arm",
                "--engine",
                "rehearsal",
                "--port",
                "0",
                "--stop-port",
                "0",
                "--state-dir",
                state().toString()));
        words.addAll(Arrays.asList(more));
        return words;
    }
}
