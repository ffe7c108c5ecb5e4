package dev.gatehouse.web;

import dev.gatehouse.dispatch.Line;
import java.nio.charset.StandardCharsets;

/** How lines of a task's log look on a stream. */
enum LineFormat {
    /** One JSON object a line. */
    NDJSON("application/x-ndjson") {
        @Override
        byte[] begin() {
            return new byte[0];
        }

        @Override
        byte[] line(Line line) {
            return utf8(line.text() + "\n");
        }
    },
    /** Server-sent events; heartbeats are comments, durable events carry their number as id. */
    SSE("text/event-stream") {
        @Override
        byte[] begin() {
            return utf8("retry: 2000\n\n");
        }

        @Override
        byte[] line(Line line) {
            if (line.type().equals("heartbeat")) {
                return utf8(": heartbeat\n\n");
            }
            var id = line.seq().isPresent() ? "id: " + line.seq().getAsLong() + "\n" : "";
            return utf8("event: " + line.type() + "\n" + id + "data: " + line.text() + "\n\n");
        }
    };

    private final String mediaType;

    LineFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** What the stream begins with. */
    abstract byte[] begin();

    abstract byte[] line(Line line);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
