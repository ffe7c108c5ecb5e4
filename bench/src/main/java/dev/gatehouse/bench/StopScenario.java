package dev.gatehouse.bench;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.server.Server;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.Surroundings;
import dev.gatehouse.web.Listen;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A process with a server in it, under everything that may delay a stop at once: every core is busy, tasks run, callers stall, the audit
 * disk hangs. It stops and clears again and again and prints what it saw as one line of JSON.
 *
 * <p>The server is in this process because the audit disk and the driver are replaced; the stop comes over the network all the same.
 */
final class StopScenario {
    /** As many run at once as the built-in policy lets, the others queue; so there is work until the end. */
    private static final int TASKS = 60;

    private static final long LOOK_AGAIN = 50_000;
    private static final Pattern ISSUED_MS = Pattern.compile("\"issued_ms\":(\\d+)");

    private final AtomicLong firstHalt = new AtomicLong();
    private final AtomicLong latchSeen = new AtomicLong();
    private final StallingDisk disk = new StallingDisk();
    private final int stops;

    private StopScenario(int stops) {
        this.stops = stops;
    }

    /** Arguments: a scratch directory, how many stops, how many stalled connections. */
    public static void main(String[] args) throws Exception {
        Thread.ofPlatform().name("parent-watch").daemon().start(StopScenario::endWithParent);
        new StopScenario(Integer.parseInt(args[1])).run(new Scratch(Path.of(args[0])), Integer.parseInt(args[2]));
        // Threads that are left behind may not keep the measurement waiting.
        System.exit(0);
    }

    /** Whoever started this holds the other end of the standard input. */
    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input broke");
        }
        Runtime.getRuntime().halt(1);
    }

    private void run(Scratch scratch, int connections) throws Exception {
        var seams = Surroundings.real()
                .withDriver(driver -> new DelegatingDriver(driver, firstHalt))
                .withAuditDisk(disk);
        try (var endpoint = Scripts.endpoint();
                var server = Server.start(config(scratch, URI.create(endpoint.url())), seams);
                var client = new TaskClient(URI.create("http://127.0.0.1:" + server.port()));
                var echo = BareEcho.start()) {
            client.runToEnd(Scripts.LOOK);
            for (var i = 0; i < TASKS; i++) {
                client.begin(Scripts.ASK_ON);
            }
            try (var _ = BusyCores.start();
                    var _ = StalledConnections.open(connections, server.port());
                    var _ = StalledConnections.open(Math.min(connections, 80), server.stopPort())) {
                disk.stall();
                measure(server, echo, client);
            } finally {
                disk.release();
            }
        }
    }

    private void measure(Server server, BareEcho echo, TaskClient client) throws Exception {
        var interlock = server.robot().interlock();
        Thread.ofPlatform().name("latch-watch").daemon().start(() -> watch(interlock));
        var latched = new long[stops];
        var issued = new long[stops];
        var answered = new long[stops];
        var bare = new long[stops];
        var received = new long[stops];
        for (var i = -stops / 10; i < stops; i++) {
            var least = echo.once();
            firstHalt.set(0);
            latchSeen.set(0);
            var from = System.nanoTime();
            var answer = stop(server.stopPort());
            var to = System.nanoTime();
            if (i >= 0) {
                bare[i] = least;
                received[i] = issuedAfter(answer).toNanos();
                answered[i] = to - from;
                issued[i] = moment(firstHalt) - from;
                // The latch is set before the driver is told (D8.2), so whichever was seen first bounds it.
                latched[i] = Math.min(moment(latchSeen), moment(firstHalt)) - from;
            }
            clear(interlock);
        }
        var out = Json.object().put("open_tasks", client.open());
        out.set("latched", numbers(latched));
        out.set("issued", numbers(issued));
        out.set("answered", numbers(answered));
        out.set("bare", numbers(bare));
        out.set("received", numbers(received));
        System.out.println(Json.line(out));
        System.out.flush();
    }

    private static JsonNode numbers(long[] nanos) {
        return Json.tree(Arrays.stream(nanos).boxed().toList());
    }

    private void watch(Interlock interlock) {
        while (true) {
            if (interlock.admit() instanceof Admission.Latched) {
                latchSeen.compareAndSet(0, System.nanoTime());
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    /** What was not seen when the answer had come was not seen at all: then it counts as late. */
    private static long moment(AtomicLong seen) {
        var at = seen.get();
        return at == 0 ? System.nanoTime() : at;
    }

    private static String stop(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(("POST /v1/estop HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Scratch.TOKEN
                                    + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("\"latched\":true")) {
                throw new IOException("the stop was answered " + answer);
            }
            return answer;
        }
    }

    /** What the server says of itself, from receipt to the call of the driver; whole milliseconds, counted as the next one. */
    private static Duration issuedAfter(String answer) throws IOException {
        var found = ISSUED_MS.matcher(answer);
        if (!found.find()) {
            throw new IOException("the answer does not say when the driver was told: " + answer);
        }
        return Duration.ofMillis(Long.parseLong(found.group(1)) + 1);
    }

    /** The record of a clearing needs the disk that hangs, so it is left out: here it is the way to the next stop. */
    private static void clear(Interlock interlock) throws InterruptedException {
        for (var patience = 0; patience < 1000; patience++) {
            var latch = interlock.state().latch();
            if (latch.isEmpty()) {
                return;
            }
            if (interlock.clear(latch.get().latchId(), "measure", "next round", false, () -> {})
                    instanceof ClearOutcome.Cleared) {
                return;
            }
            Thread.sleep(Duration.ofMillis(2));
        }
        throw new IllegalStateException("the latch does not open");
    }

    private static ServerConfig config(Scratch scratch, URI model) {
        return new ServerConfig(
                new Listen("127.0.0.1", 0, Set.of(), Set.of()),
                0,
                Optional.of(scratch.manifest()),
                scratch.bearers(),
                scratch.state(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ServerConfig.DriverChoice.Simulated(Optional.empty()),
                "embedded",
                "claude-sonnet-5-5",
                model,
                ServerConfig.Rehearsal.WHEN_HARMLESS);
    }
}
