package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A stream of events that is being read. Closing it closes the connection. */
final class Events implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader reader;
    private final List<JsonNode> seen = new ArrayList<>();

    Events(HttpResponse<InputStream> response) {
        this.response = response;
        this.reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String taskId() {
        return header("Gatehouse-Task");
    }

    /** The next line as it came; empty at the end of the stream. */
    Optional<String> line() {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw new AssertionError("the stream broke after " + seen, e);
        }
    }

    /** The next event; empty at the end of the stream. */
    Optional<JsonNode> next() {
        return line().map(line -> {
            try {
                var event = Json.read(line);
                Contract.event(event);
                seen.add(event);
                return event;
            } catch (MalformedJsonException e) {
                throw new AssertionError("not one JSON object: " + line, e);
            }
        });
    }

    /** Reads on to the first event that fits. */
    JsonNode await(Predicate<JsonNode> wanted) {
        for (var event = next(); event.isPresent(); event = next()) {
            if (wanted.test(event.get())) {
                return event.get();
            }
        }
        throw new AssertionError("the stream ended without it: " + seen);
    }

    JsonNode await(String type) {
        return await(event -> event.path("type").asString().equals(type));
    }

    /** Reads on until the server closes the connection; whether it did so before the stream had its end. */
    boolean breaks() {
        try {
            while (reader.readLine() != null) {
                // What was on its way is let pass.
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Everything up to the end. */
    Log toEnd() {
        assertThat(status()).isEqualTo(200);
        while (next().isPresent()) {
            // Each event is kept where it is read.
        }
        return new Log(List.copyOf(seen));
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
