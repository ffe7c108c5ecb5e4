package dev.gatehouse.doctor;

import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.StoredLatch;
import dev.gatehouse.server.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What the state directory says without being touched.
 *
 * @param held whether a server is running on it
 */
record StateChecks(List<Finding> findings, boolean held) {
    private static final String CHECK = "state";
    private static final String OTHER = "choose another with --state-dir, or correct owner and mode";

    StateChecks {
        findings = List.copyOf(findings);
    }

    /** @param latch file of the latch, wherever it is kept */
    static StateChecks of(Path directory, Path latch) {
        try {
            return existing(directory)
                    ? inside(directory, latch)
                    : new StateChecks(
                            existing(latch) ? List.of(future(directory), latch(latch)) : List.of(future(directory)),
                            false);
        } catch (IOException | UnsupportedOperationException e) {
            return new StateChecks(List.of(Finding.problem(CHECK, directory + " cannot be looked at", OTHER)), false);
        }
    }

    private static boolean existing(Path directory) {
        return !Files.notExists(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private static Finding future(Path directory) {
        var parent = directory.toAbsolutePath().getParent();
        while (parent != null && Files.notExists(parent)) {
            parent = parent.getParent();
        }
        return parent != null && Files.isDirectory(parent) && Files.isWritable(parent)
                ? Finding.ok(CHECK, directory + " is not there yet; serve makes it")
                : Finding.problem(CHECK, directory + " is not there and cannot be made", OTHER);
    }

    private static StateChecks inside(Path directory, Path latch) throws IOException {
        if (!Files.isDirectory(directory)) {
            return new StateChecks(List.of(Finding.problem(CHECK, directory + " is no directory", OTHER)), false);
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            var who = Files.getOwner(directory).getName();
            return new StateChecks(
                    List.of(Finding.problem(
                            CHECK,
                            directory + " belongs to " + who + ", and you may not use it",
                            "run this as " + who + ", or " + OTHER)),
                    false);
        }
        var held = StateDirectory.isHeld(directory);
        var findings = new ArrayList<Finding>();
        findings.add(mode(directory));
        findings.add(latch(latch));
        findings.add(Finding.ok("server", held ? "one is running on " + directory : "none is running"));
        return new StateChecks(findings, held);
    }

    private static Finding mode(Path directory) throws IOException {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        return mode.endsWith("------")
                ? Finding.ok(CHECK, directory.toString())
                : Finding.warning(CHECK, directory + " is open to others (" + mode + ")", "chmod 700 " + directory);
    }

    private static Finding latch(Path file) {
        return switch (LatchStore.file(file).read()) {
            case StoredLatch.Open open -> Finding.ok("latch", "open");
            case StoredLatch.Latched(var latch) ->
                Finding.warning(
                        "latch",
                        "stopped since " + latch.since() + " by " + latch.by() + ": " + latch.reason(),
                        "look at the robot; somebody with role clear then clears " + latch.latchId());
            case StoredLatch.Unreadable unreadable ->
                Finding.problem(
                        "latch",
                        file + " says nothing that can be relied on, which counts as stopped",
                        "find out who changed it; somebody with role clear then clears the latch of the running server");
        };
    }
}
