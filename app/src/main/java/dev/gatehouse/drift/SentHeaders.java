package dev.gatehouse.drift;

import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.embedded.EmbeddedEngine;
import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a model call says about itself on the wire: the version of the API it wants and of the SDK that makes it. */
final class SentHeaders {
    /** Version of the Messages API. */
    static final String API_VERSION = "anthropic-version";
    /** Version of the SDK, as it says itself. */
    static final String SDK_VERSION = "x-stainless-package-version";

    private static final int SILENCE_MS = 20_000;
    private static final String REFUSAL = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static final Logger LOG = LoggerFactory.getLogger(SentHeaders.class);

    private SentHeaders() {}

    /**
     * Makes a call to a listener of this machine, which refuses it.
     *
     * @return the headers of interest that were sent
     */
    static Map<String, String> observe() throws IOException, InterruptedException {
        var seen = new ConcurrentHashMap<String, String>();
        try (var listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var url = URI.create("http://127.0.0.1:" + listener.getLocalPort());
            Thread.ofVirtual().name("drift-listener").start(() -> listen(listener, seen));
            try (var engine = new EmbeddedEngine(EngineSettings.embedded(url), Ticker.system(), new SecureRandom())) {
                var key = Optional.of(Secret.of("no-key-needed"));
                var _ = engine.run(EngineTrial.session("say nothing", new Money(1_000_000), new Observer(), key));
            }
        }
        return new TreeMap<>(seen);
    }

    private static void listen(ServerSocket listener, Map<String, String> seen) {
        while (!listener.isClosed()) {
            try (var connection = listener.accept()) {
                connection.setSoTimeout(SILENCE_MS);
                refuse(connection, seen);
            } catch (IOException e) {
                LOG.debug("no call any more, or one that ended early");
            }
        }
    }

    private static void refuse(Socket connection, Map<String, String> seen) throws IOException {
        var reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        var length = 0;
        for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                var value = line.substring(colon + 1).strip();
                if (name.equals(API_VERSION) || name.equals(SDK_VERSION)) {
                    seen.put(name, value);
                } else if (name.equals("content-length")) {
                    length = Integer.parseInt(value);
                }
            }
        }
        // Read to its end, or closing would cut the answer off.
        var _ = reader.skip(length);
        connection.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }
}
