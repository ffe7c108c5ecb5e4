package dev.gatehouse.mcp;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one message a line. When nobody reads any more it falls silent, and the reading side is told. */
final class LineOutbox implements Outbox {
    private final OutputStream out;
    private boolean broken;

    LineOutbox(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(ObjectNode message) {
        send((JsonNode) message);
    }

    /** Writes any JSON value; a batch is answered by a list. */
    void send(JsonNode message) {
        var line = (Json.line(message) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (broken) {
                return;
            }
            try {
                out.write(line);
                out.flush();
            } catch (IOException e) {
                broken = true;
            }
        }
    }

    synchronized boolean broken() {
        return broken;
    }

    synchronized void close() {
        broken = true;
    }
}
