package dev.gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A server in a process of its own, started as users start it. */
final class ServerChild implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("gatehouse: ready on (http://\\S+), stop listener.*");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final URI url;
    private final Duration startUp;

    private ServerChild(Process process, URI url, Duration startUp) {
        this.process = process;
        this.url = url;
        this.startUp = startUp;
    }

    /** Starts one on a simulated arm; the model is at the given endpoint. Returns when it is ready. */
    static ServerChild start(Site site, Scratch scratch, URI model) throws IOException, InterruptedException {
        var builder = site.gatehouse(
                "serve",
                "--robot-md",
                scratch.manifest().toString(),
                "--bearers",
                scratch.bearers().toString(),
                "--policy",
                scratch.policy().toString(),
                "--state-dir",
                scratch.state().toString(),
                "--driver",
                "sim-arm",
                "--model-url",
                model.toString(),
                "--port",
                "0",
                "--stop-port",
                "0");
        var started = System.nanoTime();
        var process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        var ready = new CompletableFuture<URI>();
        Thread.ofVirtual().name("server-log").start(() -> listen(process, ready));
        try {
            var url = ready.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new ServerChild(process, url, Duration.ofNanos(System.nanoTime() - started));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the server did not start", e);
        }
    }

    private static void listen(Process process, CompletableFuture<URI> ready) {
        var said = new StringBuilder();
        try (var log = new BufferedReader(process.errorReader(StandardCharsets.UTF_8))) {
            for (var line = log.readLine(); line != null; line = log.readLine()) {
                var found = READY.matcher(line);
                if (found.matches()) {
                    ready.complete(URI.create(found.group(1)));
                }
                if (!ready.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e);
        }
        ready.completeExceptionally(new IOException("it said: " + said));
    }

    URI url() {
        return url;
    }

    /** From the start of the launcher to the line that says it is ready. */
    Duration startUp() {
        return startUp;
    }

    /** Resident memory in KiB, with everything that is mapped. */
    long residentKib() throws IOException {
        return Resident.kib(process.pid());
    }

    /** Processor time since its start. */
    Duration cpu() {
        return Optional.of(process.info())
                .flatMap(ProcessHandle.Info::totalCpuDuration)
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
