package dev.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** How long a person waits for the prompt, or for a server that listens. */
final class StartUp implements Measurement {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var count = effort.of(5, 1);
        var serve = new long[count];
        var validate = new long[count];
        var bare = new long[count];
        try (var scratch = site.scratch()) {
            for (var i = 0; i < count; i++) {
                try (var server = ServerChild.start(site, scratch, URI.create("http://127.0.0.1:9"))) {
                    serve[i] = server.startUp().toNanos();
                }
                validate[i] = run(site.gatehouse("validate", scratch.manifest().toString()));
                bare[i] = run(new ProcessBuilder(site.java().toString(), "-Xshare:auto", "-version"));
            }
        }
        var java =
                "java -version: p50 " + Percentiles.millis(Percentiles.of(bare).p50());
        return List.of(
                Row.information("start of `gatehouse serve` until it is ready", p50(serve), java),
                Row.information("`gatehouse validate ROBOT.md`", p50(validate), java));
    }

    private static String p50(long[] nanos) {
        return "p50 " + Percentiles.millis(Percentiles.of(nanos).p50());
    }

    private static long run(ProcessBuilder command) throws IOException, InterruptedException {
        var from = System.nanoTime();
        var process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command.command() + " ended with " + process.exitValue());
        }
        return Duration.ofNanos(System.nanoTime() - from).toNanos();
    }
}
