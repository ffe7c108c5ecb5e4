package dev.gatehouse.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A {@link Victim}, seen from outside. */
final class VictimProcess implements AutoCloseable {
    private static final int PATIENCE_S = 60;

    private final Process process;
    private final Client client;

    private VictimProcess(Process process, Client client) {
        this.process = process;
        this.client = client;
    }

    /** Starts one; empty if it died before it was ready, as it may when its recovery is cut. */
    static Optional<VictimProcess> start(FaultyHost host, Path home, Path trace) throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        home.toString(),
                        trace.toString()))
                .redirectErrorStream(true);
        builder.environment().putAll(host.environment(home.resolve("state"), trace));
        var process = builder.start();
        var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(Victim.READY)) {
                Thread.ofVirtual().start(() -> drain(reader));
                return Optional.of(new VictimProcess(process, new Client(line.substring(Victim.READY.length()))));
            }
            said.append(line).append('\n');
        }
        var exit = exit(process);
        if (exit != 128 + 9) {
            throw new AssertionError("it did not start (exit " + exit + "): " + said);
        }
        return Optional.empty();
    }

    /** A full pipe would stop the process at its next log line. */
    private static void drain(BufferedReader reader) {
        try (reader) {
            while (reader.readLine() != null) {
                // Nobody reads it.
            }
        } catch (IOException e) {
            // A process that is ended by force has its streams closed under its reader: that is its end, too.
        }
    }

    private static int exit(Process process) {
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it neither starts nor ends");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Client client() {
        return client;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL, if it still lives. */
    void kill() {
        process.destroyForcibly();
        exit(process);
    }

    /** Ends it in order. */
    int end() throws IOException {
        process.getOutputStream().close();
        return exit(process);
    }

    /** Stops its clockwork for a while, as a machine that is suspended does. */
    void freeze(long millis) throws IOException, InterruptedException {
        signal("STOP");
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}
