package dev.gatehouse.setup;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.file.AtomicFiles;
import dev.gatehouse.http.HostNames;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.setup.SetupRequest.Delivery;
import dev.gatehouse.terminal.Quoting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A setup whose preconditions hold: only the choices are missing. */
public final class Prepared implements Preparation {
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OWNER_RUNS = PosixFilePermissions.fromString("rwx------");

    private final SetupRequest request;
    private final Path directory;
    private final SuggestedDriver driver;
    private final String surface;
    private final RandomGenerator random;
    private final Supplier<AtomicFiles> disk;

    Prepared(
            SetupRequest request,
            Path directory,
            SuggestedDriver driver,
            String surface,
            RandomGenerator random,
            Supplier<AtomicFiles> disk) {
        this.request = request;
        this.directory = directory;
        this.driver = driver;
        this.surface = surface;
        this.random = random;
        this.disk = disk;
    }

    /** Writes all files or none. */
    public SetupResult write(Choices choices) {
        return write(choices, OldConfiguration.NONE);
    }

    /** The same, with the callers and settings of an older configuration. */
    public SetupResult write(Choices choices, OldConfiguration old) {
        if (choices.grants().isEmpty() && old.entries().isEmpty()) {
            return new SetupResult.Refused("at least one token is needed, or nobody could call");
        }
        var tokens = new EnumMap<FirstCredential, String>(FirstCredential.class);
        choices.ordered()
                .forEach(grant -> tokens.put(grant, Secret.fresh(random).reveal()));
        var files = new ArrayList<Path>();
        var changes = disk.get();
        write(changes, files, Setup.BEARERS, Contents.bearers(old.entries(), tokens), AtomicFile.OWNER_ONLY);
        var environment = Contents.environment(
                directory.resolve("ROBOT.md"),
                directory.resolve(Setup.BEARERS),
                directory.resolve(Setup.POLICY),
                choices,
                old.logLevel());
        write(changes, files, Setup.ENVIRONMENT, environment, READABLE);
        write(changes, files, Setup.DISPATCH_TEST, Contents.dispatchTest(choices), OWNER_RUNS);
        write(changes, files, Setup.POLICY, Contents.policy(surface), READABLE);
        for (var grant : FirstCredential.values()) {
            if (request.delivery() == Delivery.WRITTEN && tokens.containsKey(grant)) {
                write(changes, files, grant.file(), tokens.get(grant) + "\n", AtomicFile.OWNER_ONLY);
            } else {
                // A token of an earlier run is dead by now, and the test script would take it for the right one.
                changes.remove(directory.resolve(grant.file()));
            }
        }
        try {
            changes.commit();
        } catch (IOException e) {
            return new SetupResult.Refused("Write failed: " + e.getMessage());
        }
        return new SetupResult.Done(
                files,
                request.delivery() == Delivery.SHOWN ? secrets(tokens) : Map.of(),
                serveLine(choices),
                Quoting.shell(directory.resolve(Setup.DISPATCH_TEST).toString()),
                choices.systemd()
                        ? ServiceCommands.systemd(directory, driver.name(), choices, old.logLevel())
                        : List.of(),
                ServiceCommands.tailscale(choices),
                notes(choices, old));
    }

    private void write(AtomicFiles changes, List<Path> files, String name, String text, Set<PosixFilePermission> mode) {
        var file = directory.resolve(name);
        changes.write(file, text.getBytes(StandardCharsets.UTF_8), mode);
        files.add(file);
    }

    private static Map<FirstCredential, Secret> secrets(Map<FirstCredential, String> tokens) {
        var secrets = new EnumMap<FirstCredential, Secret>(FirstCredential.class);
        tokens.forEach((grant, token) -> secrets.put(grant, Secret.of(token)));
        return secrets;
    }

    private String serveLine(Choices choices) {
        var words = new ArrayList<String>(List.of(request.program(), "serve"));
        words.addAll(List.of("--robot-md", directory.resolve("ROBOT.md").toString()));
        words.addAll(List.of("--bearers", directory.resolve(Setup.BEARERS).toString()));
        words.addAll(List.of("--policy", directory.resolve(Setup.POLICY).toString()));
        words.addAll(List.of("--driver", driver.name()));
        words.addAll(List.of("--host", choices.host(), "--port", String.valueOf(choices.port())));
        choices.tailnetName().ifPresent(name -> words.addAll(List.of("--allow-host", name)));
        if (!HostNames.isLoopback(choices.host())) {
            words.add("--i-understand-public");
        }
        return words.stream().map(Quoting::shell).collect(Collectors.joining(" "));
    }

    private List<String> notes(Choices choices, OldConfiguration old) {
        var notes = new ArrayList<String>();
        if (!old.entries().isEmpty()) {
            notes.add("Callers taken over with their tokens: " + old.entries().size()
                    + ". Only hashes are kept; delete the old bearers file when nothing uses it any more.");
        }
        if (!old.leftOut().isEmpty()) {
            notes.add("Variables of the old env file that were left out: " + String.join(", ", old.leftOut()) + ".");
        }
        notes.add(driver.note());
        notes.add("Calls that need a person, and clearing a stop, need a further credential; " + Setup.BEARERS
                + " says how.");
        var actuates = choices.grants().contains(FirstCredential.ACTUATE)
                || old.entries().stream()
                        .anyMatch(entry -> entry.path("tier").asString("").equals("actuate"));
        notes.addAll(ServiceCommands.warnings(choices, actuates));
        return notes;
    }
}
