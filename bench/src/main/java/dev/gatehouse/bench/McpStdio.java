package dev.gatehouse.bench;

import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an MCP client waits for: the start of the server for every conversation, and its calls. */
final class McpStdio implements Measurement {
    private static final Duration START_BAR = Duration.ofMillis(110);
    private static final Duration CHECKOUT_BAR = Duration.ofMillis(400);
    private static final int RESIDENT_BAR_MB = 65;
    private static final int CALLS_BAR = 5_000;
    private static final Duration PARSE_BAR = Duration.ofNanos(300_000);
    private static final int MANIFEST_BYTES = 7_000;
    private static final String VALIDATE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"validate\",\"arguments\":{}}}";

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var rows = new ArrayList<Row>();
        try (var scratch = site.scratch()) {
            lengthen(scratch.manifest());
            var manifest = scratch.manifest().toString();
            var installed = site.installed(scratch.directory().resolve("installed"), "mcp", manifest);
            var node = site.nodeServer(manifest);
            rows.addAll(starts(effort, installed, site.gatehouse("mcp", manifest), node));
            rows.addAll(calls(effort, installed, node));
            rows.add(parsing(effort, scratch.manifest()));
        }
        return rows;
    }

    /** To the size of a manifest as people have them. */
    private static void lengthen(Path manifest) throws IOException {
        var text = new StringBuilder(Files.readString(manifest));
        while (text.length() < MANIFEST_BYTES) {
            text.append("\nA robot of this size has a page or two of prose about what it is and how it was built.\n");
        }
        Files.writeString(manifest, text);
    }

    private static List<Row> starts(
            Effort effort, ProcessBuilder installed, ProcessBuilder checkout, Optional<ProcessBuilder> node)
            throws IOException {
        var count = effort.of(12, 1);
        var ours = new Starts(count);
        var fromCheckout = new Starts(count);
        var theirs = new Starts(count);
        for (var i = 0; i < count; i++) {
            ours.take(installed, i);
            fromCheckout.take(checkout, i);
            if (node.isPresent()) {
                theirs.take(node.get(), i);
            }
        }
        var peer = node.isPresent()
                ? "a Node server of the official library for the same job: " + theirs
                : "no Node server: run peers/install";
        var half = node.isEmpty() || ours.p50() * 2 < theirs.p50();
        return List.of(
                Row.judged(
                        "`gatehouse mcp`, installed: start until `initialize` is answered",
                        "p50 ≤ 110 ms and under half of Node's",
                        ours.time(),
                        peer,
                        ours.p50() <= START_BAR.toNanos() && half),
                Row.judged(
                        "the same, resident then",
                        "≤ 65 MB",
                        ours.memory(),
                        peer,
                        ours.kib() <= RESIDENT_BAR_MB * 1024L),
                Row.judged(
                        "the same from a checkout, without an archive of classes",
                        "p50 ≤ 400 ms",
                        fromCheckout.toString(),
                        "installed: " + ours.time(),
                        fromCheckout.p50() <= CHECKOUT_BAR.toNanos()));
    }

    /** What some starts of one program came to. */
    private static final class Starts {
        private final long[] nanos;
        private final long[] kib;

        Starts(int count) {
            this.nanos = new long[count];
            this.kib = new long[count];
        }

        void take(ProcessBuilder command, int at) throws IOException {
            try (var child = McpChild.start(command)) {
                nanos[at] = child.startUp().toNanos();
                kib[at] = child.residentKib();
            }
        }

        long p50() {
            return Percentiles.of(nanos).p50();
        }

        long kib() {
            return Percentiles.of(kib).p50();
        }

        String time() {
            return "p50 " + Percentiles.millis(p50()) + " of " + nanos.length;
        }

        String memory() {
            return String.format(Locale.ROOT, "%.1f MB", kib() / 1024.0);
        }

        @Override
        public String toString() {
            return time() + ", " + memory();
        }
    }

    private static List<Row> calls(Effort effort, ProcessBuilder installed, Optional<ProcessBuilder> node)
            throws IOException {
        var ours = perSecond(installed, effort.of(20_000, 20));
        var compared = node.isPresent()
                ? String.format(Locale.ROOT, "the Node server: %,.0f/s", perSecond(node.get(), effort.of(3_000, 20)))
                : "no Node server: run peers/install";
        return List.of(Row.judged(
                "`validate` calls one after another, the file read anew for each",
                "≥ 5,000/s",
                String.format(Locale.ROOT, "%,.0f/s", ours),
                compared,
                ours >= CALLS_BAR));
    }

    private static double perSecond(ProcessBuilder command, int count) throws IOException {
        try (var child = McpChild.start(command)) {
            for (var i = 0; i < count / 4; i++) {
                child.ask(VALIDATE);
            }
            var from = System.nanoTime();
            for (var i = 0; i < count; i++) {
                child.ask(VALIDATE);
            }
            return count / ((System.nanoTime() - from) / 1e9);
        }
    }

    private static Row parsing(Effort effort, Path manifest) throws IOException {
        var times = new long[effort.of(3_000, 3)];
        var reading = new long[times.length];
        for (var i = -times.length / 2; i < times.length; i++) {
            var from = System.nanoTime();
            var bytes = Files.readAllBytes(manifest);
            var read = System.nanoTime();
            // A file object of its own, because one that has seen these bytes would not parse them again.
            var validation = Validator.validate(new ManifestFile(manifest, Ticker.system()).read());
            var end = System.nanoTime();
            if (!validation.ok() || bytes.length < MANIFEST_BYTES) {
                throw new IOException("not the manifest that was meant: " + validation.errors());
            }
            if (i >= 0) {
                times[i] = end - read;
                reading[i] = read - from;
            }
        }
        var p50 = Percentiles.of(times).p50();
        return Row.judged(
                "read, parse and validate a manifest of 7 KB, warm",
                "p50 ≤ 0.3 ms",
                Percentiles.of(times).inMicros(),
                "reading it alone: " + Percentiles.of(reading).inMicros(),
                p50 <= PARSE_BAR.toNanos());
    }
}
