package dev.gatehouse.server;

import dev.gatehouse.web.Listen;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator sets; a caller can set none of it (threats.md T10).
 *
 * @param stopPort port of the stop listener; 0 for any free one
 * @param robotMd the manifest; without one nothing can move
 * @param stateDirectory owned by one server at a time
 * @param latch file of the stop latch, shared by all processes that drive this robot; without one it is in the state directory
 * @param policy without one the built-in policy holds
 * @param prices without one the built-in list holds
 * @param driver what the robot is driven by
 * @param engine name of the engine that serves orders which name none
 * @param model name of the model for the same
 * @param modelUrl Messages API endpoint of the embedded engine
 * @param rehearsal whether the engine that needs no model is offered
 */
public record ServerConfig(
        Listen listen,
        int stopPort,
        Optional<Path> robotMd,
        Path bearers,
        Path stateDirectory,
        Optional<Path> latch,
        Optional<Path> policy,
        Optional<Path> prices,
        DriverChoice driver,
        String engine,
        String model,
        URI modelUrl,
        Rehearsal rehearsal) {

    /** Where the latch of this robot is kept. */
    Path latchFile() {
        return latch.orElseGet(() -> stateDirectory.resolve(StateDirectory.LATCH));
    }

    /** Which driver the operator chose; a manifest alone never makes anything move. */
    public sealed interface DriverChoice {
        /** None: manifest and status only. */
        record None() implements DriverChoice {}

        /**
         * The simulated arm.
         *
         * @param scene what stands on its bench; without one, {@code scene.yaml} beside the manifest
         */
        record Simulated(Optional<Path> scene) implements DriverChoice {}

        /**
         * A tool server of the operator's, whose tools replace those that are built in (D16.5).
         *
         * @param command an absolute path, or a name to be looked for
         * @param arguments as configured; if there are none, it gets the path of the manifest
         * @param environment of which it sees what D16.5 allows
         */
        record ToolServer(String command, List<String> arguments, Map<String, String> environment)
                implements DriverChoice {
            public ToolServer {
                arguments = List.copyOf(arguments);
                environment = Map.copyOf(environment);
            }
        }
    }

    /** Whether tasks may be rehearsed, and how fast. */
    public enum Rehearsal {
        /** Only beside a robot that is simulated, or beside none. */
        WHEN_HARMLESS,
        /** Also beside a robot that moves; the operator said so (engines.md E6.2). */
        ALLOWED,
        /** As {@link #WHEN_HARMLESS}, at the pace of somebody reading along. */
        AT_READING_PACE
    }
}
