package dev.gatehouse.mcp;

import dev.gatehouse.mcp.model.Notifications;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Resource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the client of one session wants to hear of; nobody looks while it is nothing (robot-md.md 8.9). */
public final class Subscriptions implements AutoCloseable {
    private final ResourceWatch watch = new ResourceWatch();
    private final Outbox outbox;
    private final Ticker ticker;
    private @Nullable Thread looking;

    public Subscriptions(Outbox outbox, Ticker ticker) {
        this.outbox = outbox;
        this.ticker = ticker;
    }

    synchronized void add(String uri, Resource resource) {
        watch.add(uri, resource);
        if (looking == null) {
            looking = Thread.ofVirtual().name("mcp-subscriptions").start(this::look);
        }
    }

    synchronized void remove(String uri) {
        watch.remove(uri);
        if (watch.isEmpty()) {
            close();
        }
    }

    private void look() {
        try {
            while (true) {
                ticker.sleep(ResourceWatch.PERIOD);
                watch.changed().forEach(uri -> outbox.send(Notifications.updated(uri, Optional.empty())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.interrupt();
            looking = null;
        }
    }
}
