package dev.gatehouse.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this machine is fit to serve from: ports, clock, disk, home. */
final class HostChecks {
    /** Before this program existed. A machine without a battery wakes up long before. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final long MIB = 1 << 20;
    /** Below this the audit soon refuses records, and with them everything that moves. */
    private static final long LEAST_FREE = 100 * MIB;

    private static final long LITTLE_FREE = 1024 * MIB;

    private HostChecks() {}

    static List<Finding> of(Subject subject, boolean held, Clock clock, Optional<Path> manifest) {
        var findings = new ArrayList<Finding>();
        findings.add(port("port", subject.host(), subject.port(), held, "--port"));
        findings.add(port("stop-port", subject.host(), subject.stopPort(), held, "--stop-port"));
        findings.add(clock(clock.instant(), manifest));
        findings.add(disk(subject.stateDirectory()));
        findings.add(
                Files.isDirectory(subject.home()) && Files.isWritable(subject.home())
                        ? Finding.ok("home", subject.home().toString())
                        : Finding.warning(
                                "home",
                                subject.home() + " cannot be written by this user",
                                "give the service a home of its own, such as its state directory"));
        return findings;
    }

    /** Listens for a moment and takes no connection; whoever could not listen here could not serve here either. */
    private static Finding port(String check, String host, int port, boolean held, String flag) {
        var where = host + ":" + port;
        if (port == 0) {
            return Finding.ok(check, "any free one");
        }
        InetAddress address;
        try {
            address = host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return Finding.warning(check, host + " is a name, which is not looked up here", "use an address");
        }
        try (var socket = new ServerSocket(port, 1, address)) {
            return Finding.ok(check, host + ":" + socket.getLocalPort() + " is free");
        } catch (IOException e) {
            return held
                    ? Finding.ok(check, where + " is taken, as it should be while a server runs")
                    : Finding.problem(
                            check,
                            where + " cannot be had: taken, not allowed, or not an address of this machine",
                            "stop what listens there, or choose another with " + flag);
        }
    }

    static Finding clock(Instant now, Optional<Path> manifest) {
        var next = "set the clock; expiry of credentials and every record depend on it";
        if (now.isBefore(EARLIEST)) {
            return Finding.problem("clock", "it is said to be " + now + ", which cannot be", next);
        }
        try {
            if (manifest.isPresent()
                    && Files.getLastModifiedTime(manifest.get()).toInstant().isAfter(now.plus(SKEW))) {
                return Finding.warning("clock", "ROBOT.md was changed in the future, as seen from " + now, next);
            }
        } catch (IOException e) {
            // Without that date there is nothing to compare with.
        }
        return Finding.ok("clock", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static Finding disk(Path directory) {
        var existing = directory.toAbsolutePath();
        while (existing.getParent() != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        try {
            return disk(existing, Files.getFileStore(existing).getUsableSpace());
        } catch (IOException e) {
            return Finding.warning("disk", "how much is free at " + existing + " cannot be told", "");
        }
    }

    static Finding disk(Path where, long free) {
        var what = free / MIB + " MiB free at " + where;
        var next = "make room, or choose another disk with --state-dir";
        if (free < LEAST_FREE) {
            return Finding.problem("disk", what + "; without room for records nothing may move", next);
        }
        return free < LITTLE_FREE ? Finding.warning("disk", what, next) : Finding.ok("disk", what);
    }
}
