package dev.gatehouse.client;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks a running server something, as any other client would. */
public final class ServerConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Transport transport;
    private final Optional<Secret> token;

    private ServerConnection(String name, Transport transport, Optional<Secret> token) {
        this.name = name;
        this.transport = transport;
        this.token = token;
    }

    /** By its address, for example {@code https://robot.example}. */
    public static ServerConnection to(String origin, Secret token) {
        return new ServerConnection(origin, new Network(origin), Optional.of(token));
    }

    /** By the socket of this machine, where the server knows who one is; a token can say more (D2.3). */
    public static ServerConnection local(Path socket, Optional<Secret> token) {
        return new ServerConnection(socket.toString(), new LocalSocket(socket), token);
    }

    /** Where it leads, for people. */
    public String name() {
        return name;
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(Call.get(path));
    }

    public Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(Call.post(path, body));
    }

    /**
     * Sends one request and reads the answer.
     *
     * @throws ProtocolException if it is no answer of Gatehouse
     * @throws IOException if nothing answers in time
     */
    public Answer send(Call call) throws IOException, InterruptedException {
        try (var response = open(call, PATIENCE)) {
            return read(response);
        }
    }

    /**
     * Fetches something that is no document.
     *
     * @param to gets all of it, if the answer is good; the answer itself is empty then
     */
    public Answer fetch(String path, OutputStream to) throws IOException, InterruptedException {
        try (var response = open(Call.get(path), PATIENCE)) {
            if (response.status() != 200) {
                return read(response);
            }
            to.write(response.whole());
            return new Answer(response.status(), Json.object());
        }
    }

    /**
     * Presses the stop. Whether it worked is in the status alone: a stop does not depend on a body that can be read (D8.1).
     *
     * @param patience after which another way has to do
     */
    public Answer stop(Call call, Duration patience) throws IOException, InterruptedException {
        try (var response = open(call, patience)) {
            try {
                return read(response);
            } catch (IOException e) {
                return new Answer(response.status(), Json.object());
            }
        }
    }

    Response open(Call call) throws IOException, InterruptedException {
        return open(call, PATIENCE);
    }

    private Response open(Call call, Duration patience) throws IOException, InterruptedException {
        return transport.open(
                token.isEmpty()
                        ? call
                        : call.with("Authorization", "Bearer " + token.get().reveal()),
                patience);
    }

    static Answer read(Response response) throws IOException {
        var good = response.status() / 100 == 2;
        try {
            var body = Json.read(response.whole());
            if (good && !body.isObject()) {
                throw new ProtocolException("the answer is no JSON object");
            }
            return new Answer(response.status(), body.isObject() ? body : Json.object());
        } catch (MalformedJsonException e) {
            if (good) {
                throw new ProtocolException("the answer is no JSON");
            }
            return new Answer(response.status(), Json.object());
        }
    }
}
