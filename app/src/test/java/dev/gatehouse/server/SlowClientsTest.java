package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that send half a request, or a byte now and then (threats.md T12.1). All of them are slow at the same time. */
class SlowClientsTest {
    private static final String HEAD = "POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + Who.READER.token() + "\r\nContent-Type: application/json\r\nPrefer: respond-async\r\n";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** How long it took until the server closed, and what it said. */
    private record End(Duration after, String said) {}

    private static CompletableFuture<End> slow(String first, char drip, Duration pause) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var since = System.nanoTime();
                    try (var connection = RawConnection.to(server.port())) {
                        connection.send(first);
                        if (!pause.isZero()) {
                            var drops = new AtomicInteger();
                            await().atMost(Duration.ofSeconds(30))
                                    .pollInterval(pause)
                                    .until(() -> drops.incrementAndGet() > 100 || !connection.drip(drip));
                        }
                        var said = connection.readToEnd(Duration.ofSeconds(12));
                        return new End(Duration.ofNanos(System.nanoTime() - since), said);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    @DisplayName(
            "3.3, T12.1: half a head is closed after five seconds, half a body gets 408, whether silent or dripping")
    void halfRequests() {
        var nothing = slow("", ' ', Duration.ZERO);
        var silentHead = slow("GET /healthz HTTP/1.1\r\nHost: loc", ' ', Duration.ZERO);
        var drippingLine = slow("GET /", 'a', Duration.ofMillis(300));
        var drippingHead = slow("GET /healthz HTTP/1.1\r\nX: ", 'a', Duration.ofMillis(300));
        var silentBody = slow(HEAD + "Content-Length: 100\r\n\r\n{", ' ', Duration.ZERO);
        var silentChunks = slow(HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", ' ', Duration.ZERO);
        var drippingBody = slow(HEAD + "Content-Length: 1000\r\n\r\n{", ' ', Duration.ofMillis(500));

        for (var head : java.util.List.of(nothing, silentHead, drippingLine, drippingHead)) {
            assertThat(head.join().said()).doesNotContain("200 OK").doesNotContain("500");
            assertThat(head.join().after()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
        }
        for (var body : java.util.List.of(silentBody, silentChunks, drippingBody)) {
            assertThat(body.join().said()).contains("HTTP/1.1 408").contains("request_timeout");
        }
        assertThat(drippingBody.join().after()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("T12.1: a client that leaves in the middle of its body leaves nothing behind")
    void disconnectInTheBody() {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(HEAD + "Content-Length: 100\r\n\r\n{\"goal\":");
        }
        try (var connection = RawConnection.to(server.port())) {
            connection.send("GET /healthz HTTP/1.1\r\nHo");
        }

        assertThat(server.as(Who.READER).get("/v1/tasks").json().path("tasks")).isEmpty();
    }
}
