package dev.gatehouse.gate;

import dev.gatehouse.robot.Interlock;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at the manifest while something moves by it, and stops the motion, without a latch, when it is no longer the one the call
 * was judged by (robot-md.md 10.5).
 */
final class ManifestWatch implements AutoCloseable {
    /** Leaves room for one repeated reading, so that the bound of 200 ms between two looks holds. */
    private static final Duration EVERY = Duration.ofMillis(100);

    private final PinnedManifest manifest;
    private final String sha256;
    private final Interlock interlock;
    private final Ticker ticker;
    private final Thread thread;
    private volatile boolean changed;

    private ManifestWatch(PinnedManifest manifest, String sha256, Interlock interlock, Ticker ticker) {
        this.manifest = manifest;
        this.sha256 = sha256;
        this.interlock = interlock;
        this.ticker = ticker;
        this.thread = Thread.ofVirtual().name("manifest-watch").unstarted(this::watch);
    }

    /** Looks from now on, at once for the first time. */
    static ManifestWatch start(PinnedManifest manifest, String sha256, Interlock interlock, Ticker ticker) {
        var watch = new ManifestWatch(manifest, sha256, interlock, ticker);
        watch.thread.start();
        return watch;
    }

    /** The result of the motion, which says that the manifest changed if that is what cut it. A set latch is the stronger reason. */
    ToolResult cut(ToolResult result) {
        var ending = result.structured()
                .map(body -> body.path("error").path("reason").asString(""));
        if (!changed || !ending.equals(Optional.of("stopped"))) {
            return result;
        }
        var body = result.structured().orElseThrow().deepCopy();
        body.put("status", "blocked");
        body.withObject("/error")
                .put("reason", "manifest_changed")
                .put("message", "the manifest changed during the motion, which was stopped");
        return ToolResult.of(ToolResult.Outcome.ABORTED, body);
    }

    /** Looks no more. Harmless when repeated. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (manifest.now().sha256().equals(sha256)) {
                ticker.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            return;
        }
        if (!Thread.currentThread().isInterrupted()) {
            // Said first: the call that the stop ends asks for the reason at once.
            changed = true;
            interlock.protectiveStop("the manifest changed during a motion");
        }
    }
}
