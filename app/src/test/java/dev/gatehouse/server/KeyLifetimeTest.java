package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long a model key is in the memory of a server: as long as its task (threats.md T8.4). */
@Timeout(180)
class KeyLifetimeTest {
    private static final String KEY = "sk-ant-lifetime-" + Long.toHexString(System.nanoTime()) + "-0123456789";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("T8.4: when the task is over, no living object of the server holds the key that paid for it")
    void heap() throws Exception {
        try (var server = ServerProcess.start(directory)) {
            var payer = server.as(Who.READER).withKey(KEY);
            var task = payer.post("/v1/tasks", goal("ponder"), "Prefer", "respond-async")
                    .json()
                    .path("id")
                    .asString("");
            await().until(() -> holds(server));

            payer.post("/v1/tasks/" + task + "/cancel", "");

            // Connections keep what was last read from them until they close, which takes some seconds.
            await().pollInterval(Duration.ofSeconds(2)).until(() -> !holds(server));
        }
    }

    private boolean holds(ServerProcess server) throws IOException, InterruptedException {
        var dump = directory.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        server.dump(dump);
        var heap = new String(Files.readAllBytes(dump), StandardCharsets.ISO_8859_1);
        return heap.contains(KEY);
    }
}
