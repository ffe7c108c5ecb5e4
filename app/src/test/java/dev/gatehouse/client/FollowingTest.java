package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.FaultyLink.Fault;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Following a task of a real server over a network that breaks. */
class FollowingTest {
    /** Quick, because the tests break the network on purpose. */
    private static final Patience QUICK =
            new Patience(Duration.ofSeconds(3), Duration.ofMillis(5), Duration.ofMillis(20), 5);

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().scripts(Scripts.CREEP, Scripts.PONDER).start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** What a follower heard. */
    private static final class Heard implements Following.Listener {
        private final List<JsonNode> events = new CopyOnWriteArrayList<>();
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final CountDownLatch session = new CountDownLatch(1);

        @Override
        public void event(JsonNode event) {
            events.add(event);
            if (event.path("type").asString().equals("session")) {
                session.countDown();
            }
        }

        @Override
        public void said(String message) {
            said.add(message);
        }

        void awaitSession() {
            try {
                session.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        List<Long> numbers() {
            return events.stream()
                    .filter(event -> event.has("seq"))
                    .map(event -> event.path("seq").longValue())
                    .toList();
        }
    }

    private static Following following(String url, Who who, Following.Listener listener) {
        return new Following(ServerConnection.to(url, Secret.of(who.token())), listener, QUICK);
    }

    private static Call order(String goal) {
        return Call.post("/dispatch", Json.object().put("goal", goal));
    }

    @Test
    @DisplayName("D18.2: a stream that breaks is read on with after: each event once, in order, up to the result")
    void readsOn() throws Exception {
        var heard = new Heard();
        try (var link = FaultyLink.to(server.url(), Fault.cut(900), Fault.cut(700), Fault.cut(3000))) {
            var outcome = following(link.url(), Who.READER, heard)
                    .dispatch(order("describe the arm"), Optional.of("progress"));

            assertThat(outcome).isInstanceOf(Outcome.Ended.class);
            assertThat(link.sent())
                    .containsPattern("/events\\?after=[0-9]+&stream=progress")
                    .containsOnlyOnce("POST /dispatch");
        }
        var numbers = heard.numbers();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.getLast()).boxed().toList());
        assertThat(heard.said).isNotEmpty().allMatch(line -> line.contains("reading on after event"));
    }

    @Test
    @DisplayName("D18.2: a connection that falls silent counts as broken, because a living server sends heartbeats")
    void silence() throws Exception {
        var heard = new Heard();
        var patience = new Patience(Duration.ofMillis(500), Duration.ofMillis(5), Duration.ofMillis(20), 50);
        try (var link = FaultyLink.to(server.url(), Fault.silent(1200))) {
            var connection = ServerConnection.to(link.url(), Secret.of(Who.READER.token()));

            var outcome =
                    new Following(connection, heard, patience).dispatch(order("describe the arm"), Optional.empty());

            assertThat(outcome).isInstanceOf(Outcome.Ended.class);
            assertThat(heard.said).anyMatch(line -> line.contains("silent"));
        }
    }

    @Test
    @DisplayName("a connection that cannot be had back is given up after so many attempts, and the task is named")
    void lost() throws Exception {
        try (var link = FaultyLink.to(server.url(), Fault.cut(1200)).afterwards(Fault.cut(1))) {
            var outcome = following(link.url(), Who.READER, new Heard())
                    .dispatch(order("describe the arm"), Optional.empty());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Lost.class,
                            lost -> assertThat(lost.taskId()).startsWith("tsk-"));
        }
    }

    @Test
    @DisplayName("D18.3: the first interrupt cancels and waits for the result")
    void cancels() throws Exception {
        var heard = new Heard();
        var following = following(server.url(), Who.READER, heard);
        var interrupting = Thread.ofVirtual().start(() -> {
            heard.awaitSession();
            interrupt(following, 1);
        });

        var outcome = following.dispatch(order("ponder"), Optional.empty());
        interrupting.join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended -> assertThat(ended.result().path("status").asString())
                                .isEqualTo("canceled"));
        assertThat(heard.said).anyMatch(line -> line.startsWith("canceling"));
    }

    @Test
    @DisplayName("D18.3: the second interrupt leaves at once, also when the cancel cannot get through")
    void leaves() throws Exception {
        var heard = new Heard();
        try (var link = FaultyLink.to(server.url())) {
            var following = following(link.url(), Who.READER, heard);
            var interrupting = Thread.ofVirtual().start(() -> {
                heard.awaitSession();
                link.hush();
                interrupt(following, 2);
            });

            var outcome = following.dispatch(order("ponder"), Optional.empty());
            interrupting.join();

            assertThat(outcome).isInstanceOf(Outcome.Left.class);
        }
    }

    private static void interrupt(Following following, int times) {
        try {
            for (var i = 0; i < times; i++) {
                following.interrupt();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("a refusal is an answer, and nothing is tried again")
    void refused() throws Exception {
        var outcome =
                following(server.url(), Who.BUTTON, new Heard()).dispatch(order("describe the arm"), Optional.empty());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.answer().status()).isEqualTo(403));
    }

    @Test
    void nobodyThere() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(following("http://127.0.0.1:" + port, Who.READER, new Heard())
                        .dispatch(order("describe the arm"), Optional.empty()))
                .isInstanceOf(Outcome.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gatehouse-Task: tsk-1\r\n\r\nhello\n",
                "Gatehouse-Task: tsk-1\r\n\r\n[1]\n",
                "Gatehouse-Task: ../../estop\r\n\r\n{}\n",
                "\r\n{\"type\":\"accepted\",\"seq\":1}\n",
            })
    @DisplayName("D18.4: something else that answers is told apart from a broken connection")
    void garbled(String answer) throws Exception {
        try (var impostor = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(impostor, "HTTP/1.1 200 OK\r\n" + answer));
            var url = "http://127.0.0.1:" + impostor.getLocalPort();

            assertThat(following(url, Who.READER, new Heard()).dispatch(order("describe the arm"), Optional.empty()))
                    .isInstanceOf(Outcome.Garbled.class);
        }
    }

    private static void answer(ServerSocket impostor, String answer) {
        try (var connection = impostor.accept()) {
            var _ = connection.getInputStream().read();
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
            // Until the other side has read it and hangs up.
            var _ = connection.getInputStream().readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
