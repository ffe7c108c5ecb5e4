package dev.gatehouse.doctor;

import dev.gatehouse.server.Server;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.web.Listen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The self-tests of a start (D16.2, T22.2), made by a real start: with the settings of the server that was asked about, but in an
 * empty state directory and on free ports of the loopback, so that nobody can take it for the server.
 */
final class TrialStart {
    private static final String CHECK = "self-test";
    private static final String LOOPBACK = "127.0.0.1";

    private TrialStart() {}

    static List<Finding> of(Optional<ServerConfig> config, boolean held) {
        if (held) {
            return List.of(Finding.ok(CHECK, "passed by the server that runs, when it started"));
        }
        if (config.isEmpty()) {
            return List.of(
                    Finding.ok(CHECK, "not made: without a bearers file and a driver there is, no server starts"));
        }
        try {
            var room = Files.createTempDirectory("gatehouse-doctor");
            try {
                return start(config.get(), room);
            } finally {
                remove(room);
            }
        } catch (IOException e) {
            return List.of(Finding.warning(
                    CHECK, "no temporary directory can be made for it", "make room or rights in the one of Java"));
        }
    }

    private static List<Finding> start(ServerConfig config, Path room) throws IOException {
        try (var server = Server.start(within(config, room));
                var _ = new Socket(InetAddress.getLoopbackAddress(), server.stopPort())) {
            return List.of(
                    Finding.ok("gate", "turned away a reader who asked for motion; the audit kept a record"),
                    Finding.ok(
                            "stop",
                            server.robot().capabilities().isEmpty()
                                    ? "its listener answers; there is no driver, so nothing to stop"
                                    : "its listener answers; a robot that may be stopped at rest confirmed a stop"),
                    Finding.ok("engine", config.engine() + ", model " + config.model()));
        } catch (StartFailure e) {
            return List.of(Finding.problem(
                    CHECK, String.valueOf(e.getMessage()), "correct it; gatehouse serve stops at the same place"));
        }
    }

    private static ServerConfig within(ServerConfig config, Path room) {
        return new ServerConfig(
                new Listen(LOOPBACK, 0, Set.of(), Set.of()),
                0,
                config.robotMd(),
                config.bearers(),
                room.resolve("state"),
                Optional.empty(),
                config.policy(),
                config.prices(),
                config.driver(),
                config.engine(),
                config.model(),
                config.modelUrl(),
                config.rehearsal());
    }

    private static void remove(Path room) throws IOException {
        try (var files = Files.walk(room)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
