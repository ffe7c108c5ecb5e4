package dev.gatehouse.setup;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.file.AtomicFiles;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.setup.SetupRequest.Delivery;
import dev.gatehouse.terminal.Quoting;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Writes the files of section 15, with every default taken. */
public final class Setup {
    static final String BEARERS = "bearers.yaml";
    static final String ENVIRONMENT = ".env";
    static final String POLICY = "policy.yaml";
    static final String DISPATCH_TEST = "dispatch-test.sh";
    static final String TOKEN = "actuate.token";

    /** Everything a run may write, in the order of the specification; a .gitignore needs all of them. */
    public static final List<String> FILES = List.of(BEARERS, ENVIRONMENT, DISPATCH_TEST, POLICY, TOKEN);

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OWNER_RUNS = PosixFilePermissions.fromString("rwx------");

    private final RandomGenerator random;
    private final SurfaceProbe probe;

    /**
     * A setup.
     *
     * @param random mints the tokens, so it must be cryptographic outside tests
     */
    public Setup(RandomGenerator random, SurfaceProbe probe) {
        this.random = random;
        this.probe = probe;
    }

    /** Checks the preconditions in their order, then writes all files or none. */
    public SetupResult run(SetupRequest request) {
        return run(request, new AtomicFiles());
    }

    SetupResult run(SetupRequest request, AtomicFiles changes) {
        var directory = request.directory().toAbsolutePath().normalize();
        var robotMd = directory.resolve("ROBOT.md");
        if (!Files.isRegularFile(robotMd)) {
            return new SetupResult.Refused("No ROBOT.md in " + directory + ". Copy examples/sim-arm/ROBOT.md and its"
                    + " scene.yaml to try it, or describe your robot with: robot-md init NAME");
        }
        return switch (new ManifestFile(robotMd, Ticker.system()).read()) {
            case Unreadable(var message) -> new SetupResult.Refused(robotMd + " cannot be read: " + message);
            case Manifest manifest -> run(request, directory, manifest, changes);
        };
    }

    private SetupResult run(SetupRequest request, Path directory, Manifest manifest, AtomicFiles changes) {
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
        var existing = FILES.stream()
                .filter(name -> Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!request.replace() && !existing.isEmpty()) {
            return new SetupResult.Refused(
                    String.join(", ", existing) + " in " + directory + " would be replaced; to do so, add --force");
        }
        return write(request, directory, driver, surface, changes);
    }

    private SetupResult write(
            SetupRequest request, Path directory, SuggestedDriver driver, String surface, AtomicFiles changes) {
        var token = Tokens.mint(random);
        var robotMd = directory.resolve("ROBOT.md");
        var bearers = directory.resolve(BEARERS);
        var policy = directory.resolve(POLICY);
        changes.write(bearers, utf8(Contents.bearers(token)), AtomicFile.OWNER_ONLY)
                .write(directory.resolve(ENVIRONMENT), utf8(Contents.environment(robotMd, bearers, policy)), READABLE)
                .write(directory.resolve(DISPATCH_TEST), utf8(Contents.dispatchTest()), OWNER_RUNS)
                .write(policy, utf8(Contents.policy(surface)), READABLE);
        if (request.delivery() == Delivery.WRITTEN) {
            changes.write(directory.resolve(TOKEN), utf8(token + "\n"), AtomicFile.OWNER_ONLY);
        } else {
            // A token of an earlier run is dead by now, and the test script would take it for the right one.
            changes.remove(directory.resolve(TOKEN));
        }
        try {
            changes.commit();
        } catch (IOException e) {
            return new SetupResult.Refused("Write failed: " + e.getMessage());
        }
        var shown = request.delivery() == Delivery.SHOWN ? Optional.of(Secret.of(token)) : Optional.<Secret>empty();
        return new SetupResult.Done(
                written(request, directory),
                shown,
                serveLine(request, directory, driver.name()),
                Quoting.shell(directory.resolve(DISPATCH_TEST).toString()),
                notes(driver));
    }

    private static List<Path> written(SetupRequest request, Path directory) {
        return FILES.stream()
                .filter(name -> request.delivery() == Delivery.WRITTEN || !name.equals(TOKEN))
                .map(directory::resolve)
                .toList();
    }

    private static String serveLine(SetupRequest request, Path directory, String driver) {
        var words = new ArrayList<String>(List.of(request.program(), "serve"));
        words.addAll(List.of("--robot-md", directory.resolve("ROBOT.md").toString()));
        words.addAll(List.of("--bearers", directory.resolve(BEARERS).toString()));
        words.addAll(List.of("--policy", directory.resolve(POLICY).toString()));
        words.addAll(List.of("--driver", driver));
        words.addAll(List.of("--host", Contents.HOST, "--port", String.valueOf(Contents.PORT)));
        return words.stream().map(Quoting::shell).collect(Collectors.joining(" "));
    }

    private static List<String> notes(SuggestedDriver driver) {
        return List.of(
                driver.note(),
                "Calls that need a person, and clearing a stop, need a further credential; " + BEARERS + " says how.");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
