package dev.gatehouse.setup;

import dev.gatehouse.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What came of a setup. */
public sealed interface SetupResult {
    /**
     * All files are committed.
     *
     * @param files what was written
     * @param shown the token to show once; empty if it was written to a file
     * @param serve the command that starts the server, ready for a shell
     * @param dispatchTest the command that sends a first goal, ready for a shell
     * @param notes what else the operator should know
     */
    record Done(List<Path> files, Optional<Secret> shown, String serve, String dispatchTest, List<String> notes)
            implements SetupResult {
        public Done {
            files = List.copyOf(files);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param message why, and what to do; may have several lines
     */
    record Refused(String message) implements SetupResult {}
}
