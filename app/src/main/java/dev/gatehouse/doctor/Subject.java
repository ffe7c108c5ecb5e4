package dev.gatehouse.doctor;

import dev.gatehouse.manifest.ManifestPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is examined: the settings a server here would have.
 *
 * @param program the launcher this program was started by
 * @param home of this user
 * @param bearers and policy and prices as for {@code serve}; what is not named is not looked at
 * @param driver that was chosen, a key of {@code drivers}
 * @param drivers every driver of this program with the protocols it speaks
 * @param host and the two ports to listen on; 0 is any free one
 */
public record Subject(
        Optional<Path> program,
        Path home,
        ManifestPath.Result manifest,
        Path stateDirectory,
        Optional<Path> bearers,
        Optional<Path> policy,
        Optional<Path> prices,
        String driver,
        Map<String, Set<String>> drivers,
        String host,
        int port,
        int stopPort) {
    public Subject {
        drivers = Map.copyOf(drivers);
    }
}
