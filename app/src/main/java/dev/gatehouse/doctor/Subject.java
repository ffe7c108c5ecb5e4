package dev.gatehouse.doctor;

import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.server.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is examined: the settings a server here would have.
 *
 * @param program the launcher this program was started by
 * @param home of this user
 * @param latch file of the stop latch, if it is not in the state directory
 * @param envFile the settings came from, if any
 * @param bearers and policy and prices as for {@code serve}; what is not named is not looked at
 * @param driver that was chosen, a key of {@code drivers}
 * @param scene of the simulated arm, if it is not beside the manifest
 * @param drivers every driver of this program with the protocols it speaks
 * @param host and the two ports to listen on; 0 is any free one
 * @param unitDirectories where a service manager looks for units, the first one first
 * @param start what {@code serve} would start with; empty where it would not get that far
 */
public record Subject(
        Optional<Path> program,
        Path home,
        ManifestPath.Result manifest,
        Path stateDirectory,
        Optional<Path> latch,
        Optional<Path> envFile,
        Optional<Path> bearers,
        Optional<Path> policy,
        Optional<Path> prices,
        String driver,
        Optional<Path> scene,
        Map<String, Set<String>> drivers,
        String host,
        int port,
        int stopPort,
        List<Path> unitDirectories,
        Optional<ServerConfig> start) {
    public Subject {
        drivers = Map.copyOf(drivers);
        unitDirectories = List.copyOf(unitDirectories);
    }
}
