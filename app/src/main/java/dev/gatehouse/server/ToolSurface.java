package dev.gatehouse.server;

import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.id.Ids;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.robotmd.SkillBook;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The tools a server would offer, found out without serving anybody; this is what a policy pins (D6.7). */
public final class ToolSurface {
    private ToolSurface() {}

    /**
     * Hash of the tools of this robot under this driver.
     *
     * @throws StartFailure if a server could not open the robot either
     */
    public static String sha256(Path robotMd, ServerConfig.DriverChoice driver) throws StartFailure {
        try {
            var state = Files.createTempDirectory("gatehouse-surface");
            try {
                return sha256(new ManifestFile(robotMd, Ticker.system()), driver, state);
            } finally {
                Files.deleteIfExists(state.resolve(StateDirectory.LATCH));
                Files.deleteIfExists(state);
            }
        } catch (IOException e) {
            throw new StartFailure(StartFailure.Kind.CONFIGURATION, "no temporary directory can be made");
        }
    }

    private static String sha256(ManifestFile file, ServerConfig.DriverChoice driver, Path state) throws StartFailure {
        try (var body = Body.open(
                driver,
                file,
                state.resolve(StateDirectory.LATCH),
                Policy::builtIn,
                Surroundings.real(),
                new Ids(),
                Clock.systemUTC(),
                Ticker.system())) {
            var served = Assembly.served(file, body, new PinnedManifest(file), List::of);
            return Assembly.toolbox(
                            served,
                            body,
                            ToolRules.NONE,
                            (latchId, caller) -> new ClearOutcome.NotLatched(),
                            SkillBook.closed(),
                            Planner.none())
                    .surfaceSha256();
        }
    }
}
