package dev.gatehouse.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The peer of the task measurement: one start of the Claude Code command line for the same conversation. */
record ClaudeCli(Path program) {
    /** The last line of the shell's {@code times}: user and system time of the children. */
    private static final Pattern CHILDREN =
            Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s\\s*$", Pattern.MULTILINE);

    /** The one on the path, else the one that is installed with the peers of the tests. */
    static Optional<ClaudeCli> find() throws IOException {
        for (var directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            var program = Path.of(directory, "claude");
            if (Files.isExecutable(program)) {
                return Optional.of(new ClaudeCli(program));
            }
        }
        var peers = Site.here().root().resolve("peers/node_modules/@anthropic-ai");
        if (!Files.isDirectory(peers)) {
            return Optional.empty();
        }
        try (var installed = Files.newDirectoryStream(peers, "claude-code-*")) {
            for (var directory : installed) {
                var program = directory.resolve("claude");
                if (Files.isExecutable(program)) {
                    return Optional.of(new ClaudeCli(program));
                }
            }
        }
        return Optional.empty();
    }

    /** Processor time of one start, all of its processes included. */
    Duration cpuOfOneStart(URI endpoint, Path directory) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                "sh",
                "-c",
                "\"$0\" -p \"$1\" --max-turns 3 </dev/null >/dev/null 2>&1 || exit 1; times",
                program.toString(),
                Scripts.LOOK);
        builder.directory(directory.toFile());
        builder.environment().put("ANTHROPIC_BASE_URL", endpoint.toString());
        builder.environment().put("ANTHROPIC_API_KEY", "none-needed");
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("DISABLE_TELEMETRY", "1");
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        // The first line is the shell itself, the second its children.
        var lines = CHILDREN.matcher(said).results().toList();
        if (lines.size() != 2) {
            throw new IOException("claude did not come to an end, or the shell did not say how long it took");
        }
        var children = lines.getLast();
        var minutes = Long.parseLong(children.group(1)) + Long.parseLong(children.group(3));
        var seconds = minutes * 60 + Double.parseDouble(children.group(2)) + Double.parseDouble(children.group(4));
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
