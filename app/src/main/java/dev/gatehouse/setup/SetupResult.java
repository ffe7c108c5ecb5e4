package dev.gatehouse.setup;

import dev.gatehouse.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What came of a setup. */
public sealed interface SetupResult {
    /**
     * All files are committed.
     *
     * @param files what was written
     * @param shown the tokens to show once; empty if they were written to files, or if there are no new ones
     * @param serve the command that starts the server, ready for a shell
     * @param dispatchTest the command that sends a first goal, ready for a shell
     * @param systemd commands that make a service of it, if they were asked for
     * @param tailscale commands that let Tailscale carry calls, if they were asked for
     * @param notes what else the operator should know
     */
    record Done(
            List<Path> files,
            Map<FirstCredential, Secret> shown,
            String serve,
            String dispatchTest,
            List<String> systemd,
            List<String> tailscale,
            List<String> notes)
            implements SetupResult {
        public Done {
            files = List.copyOf(files);
            shown = Map.copyOf(shown);
            systemd = List.copyOf(systemd);
            tailscale = List.copyOf(tailscale);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param message why, and what to do; may have several lines
     */
    record Refused(String message) implements SetupResult, Preparation {}
}
