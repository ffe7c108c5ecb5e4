package dev.gatehouse.setup;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.file.AtomicFiles;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.time.Ticker;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out whether the files of section 15 can be written here; {@link Prepared} writes them. */
public final class Setup {
    static final String BEARERS = "bearers.yaml";
    static final String ENVIRONMENT = ".env";
    static final String POLICY = "policy.yaml";
    static final String DISPATCH_TEST = "dispatch-test.sh";

    /** Everything a run with the usual choices may write, in the order of the specification; a .gitignore needs all of them. */
    public static final List<String> FILES =
            List.of(BEARERS, ENVIRONMENT, DISPATCH_TEST, POLICY, FirstCredential.ACTUATE.file());

    private final RandomGenerator random;
    private final SurfaceProbe probe;
    private final Supplier<AtomicFiles> disk;

    /**
     * A setup.
     *
     * @param random mints the tokens, so it must be cryptographic outside tests
     */
    public Setup(RandomGenerator random, SurfaceProbe probe) {
        this(random, probe, AtomicFiles::new);
    }

    Setup(RandomGenerator random, SurfaceProbe probe, Supplier<AtomicFiles> disk) {
        this.random = random;
        this.probe = probe;
        this.disk = disk;
    }

    /** Prepares, then writes all files or none, with every default taken. */
    public SetupResult run(SetupRequest request) {
        return switch (prepare(request)) {
            case SetupResult.Refused refused -> refused;
            case Prepared prepared -> prepared.write(Choices.defaults());
        };
    }

    /** Checks the preconditions in their order; writes nothing. */
    public Preparation prepare(SetupRequest request) {
        var directory = request.directory().toAbsolutePath().normalize();
        var robotMd = directory.resolve("ROBOT.md");
        if (!Files.isRegularFile(robotMd)) {
            return new SetupResult.Refused("No ROBOT.md in " + directory + ". Copy examples/sim-arm/ROBOT.md and its"
                    + " scene.yaml to try it, or describe your robot with: robot-md init NAME");
        }
        return switch (new ManifestFile(robotMd, Ticker.system()).read()) {
            case Unreadable(var message) -> new SetupResult.Refused(robotMd + " cannot be read: " + message);
            case Manifest manifest -> prepare(request, directory, manifest);
        };
    }

    private Preparation prepare(SetupRequest request, Path directory, Manifest manifest) {
        var errors = Validator.validate(manifest).errors();
        if (!errors.isEmpty()) {
            return new SetupResult.Refused("ROBOT.md is not valid:"
                    + errors.stream().map(error -> "\n  - " + error).collect(Collectors.joining()));
        }
        if (directory.toString().chars().anyMatch(Character::isISOControl)) {
            return new SetupResult.Refused("the name of the directory holds a control character; rename it");
        }
        var driver = SuggestedDriver.of(manifest, directory);
        String surface;
        try {
            surface = probe.sha256(directory.resolve("ROBOT.md"), driver.name());
        } catch (ConfigException e) {
            return new SetupResult.Refused("a server could not start from here: " + e.getMessage());
        }
        var existing = Stream.concat(
                        FILES.stream(), Arrays.stream(FirstCredential.values()).map(FirstCredential::file))
                .distinct()
                .filter(name -> Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!request.replace() && !existing.isEmpty()) {
            return new SetupResult.Refused(
                    String.join(", ", existing) + " in " + directory + " would be replaced; to do so, add --force");
        }
        return new Prepared(request, directory, driver, surface, random, disk);
    }
}
