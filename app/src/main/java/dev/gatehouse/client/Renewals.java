package dev.gatehouse.client;

import dev.gatehouse.json.Json;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Duration;

/**
 * Says every while that the caller of a task is still there, as it promised with its order (dispatcher.md D11.6). Each saying has a
 * thread of its own, so that one that hangs in a network which lost it does not hold up the next.
 */
final class Renewals implements AutoCloseable {
    /** How often in the time that was promised: two may be lost. */
    private static final int TIMES = 3;

    private final ServerConnection server;
    private final String path;
    private final Duration every;
    private final Thread thread;

    private Renewals(ServerConnection server, String taskId, Duration promise) {
        this.server = server;
        this.path = "/v1/tasks/" + taskId + "/lease";
        this.every = promise.dividedBy(TIMES);
        this.thread = Thread.ofVirtual().unstarted(this::keep);
    }

    /** Keeps a promise until it is closed. */
    static Renewals start(ServerConnection server, String taskId, Duration promise) {
        var renewals = new Renewals(server, taskId, promise);
        renewals.thread.start();
        return renewals;
    }

    private void keep() {
        try {
            while (true) {
                Ticker.system().sleep(every);
                Thread.startVirtualThread(this::say);
            }
        } catch (InterruptedException e) {
            // It was closed: nobody follows any more.
        }
    }

    private void say() {
        try {
            server.post(path, Json.object());
        } catch (IOException e) {
            // The next one may get through. If none does, the robot stops, which is what was asked for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
