package dev.gatehouse.toolserver;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The process of a tool server, in a session of its own, with everything it has started (D16.5). */
final class Child {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process process;
    private final Ticker ticker;

    private Child(Process process, Ticker ticker) {
        this.process = process;
        this.ticker = ticker;
    }

    /** Starts it, without a shell. */
    static Child start(LaunchPlan plan, Ticker ticker) throws IOException {
        var words = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            words.add(SETSID.toString());
        }
        words.add(plan.program().path().toString());
        words.addAll(plan.arguments());
        var builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(plan.environment());
        return new Child(builder.start(), ticker);
    }

    OutputStream in() {
        return process.getOutputStream();
    }

    InputStream out() {
        return process.getInputStream();
    }

    InputStream err() {
        return process.getErrorStream();
    }

    /** Asks all of its processes to end, and ends those that have not done so after a while. */
    void end() {
        var all = tree();
        all.forEach(ProcessHandle::destroy);
        awaitEnd(all);
        kill();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends all of its processes now. */
    void kill() {
        // What one of them starts between the look and the signal is seen by the second look.
        for (var look = 0; look < 2; look++) {
            tree().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void awaitEnd(Set<ProcessHandle> all) {
        var over =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        var tired = new CompletableFuture<Void>();
        var alarm = Thread.ofVirtual().name("tool-server-grace").start(() -> {
            try {
                ticker.sleep(GRACE);
                tired.complete(null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture.anyOf(over, tired).join();
        alarm.interrupt();
    }

    /** Its descendants and, because those whose parent is gone are no longer among them, whoever is in its session. */
    private Set<ProcessHandle> tree() {
        var all = new HashSet<>(process.descendants().collect(Collectors.toSet()));
        all.add(process.toHandle());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (var entry : entries) {
                if (session(entry).equals(Long.toString(process.pid()))) {
                    ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
                            .ifPresent(all::add);
                }
            }
        } catch (IOException e) {
            return all;
        }
        return all;
    }

    /** The fields behind the name, which may hold anything, are: state, parent, group, session. */
    private static String session(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 5);
            return fields.length > 3 ? fields[3] : "";
        } catch (IOException e) {
            return "";
        }
    }
}
