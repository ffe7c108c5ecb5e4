package dev.gatehouse.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where a server keeps its state when nobody says otherwise (dispatcher.md section 16). */
final class StatePath {
    private StatePath() {}

    static Path standard() {
        return standard(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The service manager's directory, else the desktop's, else one in the home directory. */
    static Path standard(Map<String, String> environment, Path home) {
        var managed = environment.getOrDefault("STATE_DIRECTORY", "");
        if (!managed.isEmpty()) {
            return Path.of(managed);
        }
        var desktop = environment.getOrDefault("XDG_STATE_HOME", "");
        return (desktop.isEmpty() ? home.resolve(".local").resolve("state") : Path.of(desktop)).resolve("gatehouse");
    }
}
