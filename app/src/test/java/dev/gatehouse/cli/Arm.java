package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** {@code serve} with what init wrote, free ports and a state directory here; then flags that replace or add. */
    List<String> serve(String... more) {
        var flags = new LinkedHashMap<String, String>();
        flags.put("--env-file", file(".env").toString());
        flags.put("--driver", "sim-arm");
        flags.put("--engine", "rehearsal");
        flags.put("--port", "0");
        flags.put("--stop-port", "0");
        flags.put("--state-dir", state().toString());
        for (var i = 0; i < more.length; i += 2) {
            flags.put(more[i], more[i + 1]);
        }
        var words = new ArrayList<String>(List.of("serve"));
        flags.forEach((flag, value) -> words.addAll(List.of(flag, value)));
        return words;
    }
}
