package dev.gatehouse.cli;

import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The manifest that a verb is about. */
final class ManifestArgument {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "ROBOT.md, or a directory with one. Default: ROBOT_MD_PATH, else the nearest ROBOT.md upwards.")
    private @Nullable Path path;

    Optional<ManifestFile> file() {
        return ManifestPath.resolve(path, System.getenv("ROBOT_MD_PATH"), Path.of(""))
                .map(found -> new ManifestFile(found, Ticker.system()));
    }
}
