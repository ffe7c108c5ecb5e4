package dev.gatehouse.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A server in a process of its own, which can be killed as only a process can. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on (http://127\\.0\\.0\\.1:[0-9]+)");

    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts {@code gatehouse serve} on the files of a test server's directory. */
    static ServerProcess start(Path home) {
        try {
            TestServer.Builder.files(home, Optional.empty());
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "dev.gatehouse.cli.Main",
                            "serve",
                            "--robot-md=" + home.resolve("ROBOT.md"),
                            "--scene=" + home.resolve("scene.yaml"),
                            "--bearers=" + home.resolve("bearers.yaml"),
                            "--state-dir=" + home.resolve("state"),
                            "--driver=sim-arm",
                            "--engine=rehearsal",
                            "--port=0",
                            "--stop-port=0"))
                    .redirectErrorStream(true)
                    .start();
            return new ServerProcess(process, url(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(Process process) throws IOException {
        var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            var ready = READY.matcher(line);
            if (ready.find()) {
                Thread.ofVirtual().start(() -> drain(reader));
                return ready.group(1);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("it did not start: " + said);
    }

    /** A full pipe would stop the server at its next log line. */
    private static void drain(BufferedReader reader) {
        try (reader) {
            while (reader.readLine() != null) {
                // Nobody reads it.
            }
        } catch (IOException e) {
            // A process that is ended by force has its streams closed under its reader: that is its end, too.
        }
    }

    Caller as(Who who) {
        return Caller.known(url, who.token());
    }

    /** SIGSTOP: nothing in it runs until {@link #thaw}. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("no signal " + name);
        }
    }

    /** Writes every object that can still be reached into a file. */
    void dump(Path file) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.heap_dump",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
