package dev.gatehouse.setup;

import dev.gatehouse.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The driver to serve a manifest with.
 *
 * @param name as {@code serve --driver} takes it
 * @param note what the operator should know about it
 */
record SuggestedDriver(String name, String note) {
    private static final String NONE = "none";
    private static final String SIMULATED = "sim-arm";

    static SuggestedDriver of(Manifest manifest, Path directory) {
        var drivers = manifest.drivers();
        var simulated = !drivers.isEmpty()
                && drivers.stream().allMatch(driver -> driver.protocol().equals("sim"));
        if (!simulated) {
            return new SuggestedDriver(
                    NONE,
                    "No driver of this program fits the drivers in ROBOT.md: tools that read it work,"
                            + " nothing can move.");
        }
        if (!Files.isRegularFile(directory.resolve("scene.yaml"))) {
            return new SuggestedDriver(
                    NONE,
                    "The simulated arm needs a scene.yaml beside ROBOT.md; without one nothing can move."
                            + " examples/sim-arm has one. With it, run: gatehouse init --yes --force");
        }
        return new SuggestedDriver(SIMULATED, "No model key at hand? Add --engine rehearsal to the serve line.");
    }
}
