package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver of the example in a process of its own; the test plays Slack. */
class SlackExampleTest {
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String READY = "slack_robot: ready on ";
    private static final String LOUD = Scripts.script("loud", "[{say: \"<!channel> a & b\"}]");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer slack;

    @SuppressWarnings("NullAway.Init")
    private static Process receiver;

    private static final BlockingQueue<String> POSTED = new LinkedBlockingQueue<>();

    private static String address = "";

    @BeforeAll
    static void start() throws Exception {
        Program.needed("python3");
        server = TestServer.with().scripts(LOUD).start();
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/", exchange -> {
            POSTED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slack.start();
        receiver = Program.start(
                        directory,
                        Map.of(
                                "SLACK_ROBOT_PORT", "0",
                                "SLACK_SIGNING_SECRET_FILE",
                                        Example.secret(directory.resolve("slack"), SECRET)
                                                .toString(),
                                "GATEHOUSE_TOKEN_FILE",
                                        Example.secret(directory.resolve("token"), Who.READER.token())
                                                .toString(),
                                "GATEHOUSE_URL", server.url(),
                                "SLACK_USERS", "U1 U2",
                                "SLACK_RESPONSE_PREFIX", hooks()),
                        "python3",
                        new Example("slack").file("slack_robot.py").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var line = receiver.inputReader().readLine();
        assertThat(line).startsWith(READY);
        address = line.substring(READY.length());
    }

    @AfterAll
    static void end() {
        if (receiver != null) {
            receiver.destroyForcibly();
            slack.stop(0);
            server.close();
        }
    }

    private static String hooks() {
        return "http://127.0.0.1:" + slack.getAddress().getPort() + "/";
    }

    private static String form(String user, String text, String responseUrl) {
        return "command=%2Frobot&user_id=" + encoded(user) + "&text=" + encoded(text) + "&response_url="
                + encoded(responseUrl);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As Slack documents it: v0, the time and the body, under the app's secret. */
    private static String signature(String secret, long time, String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var digest = mac.doFinal(("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8));
        return "v0=" + HexFormat.of().formatHex(digest);
    }

    private static HttpResponse<String> send(long time, String signature, String body)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + "/"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("X-Slack-Request-Timestamp", String.valueOf(time))
                            .header("X-Slack-Signature", signature)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> genuine(String body) throws Exception {
        var now = Instant.now().getEpochSecond();
        return send(now, signature(SECRET, now, body), body);
    }

    private static String text(String message) throws Exception {
        return Json.read(message).path("text").asString();
    }

    @Test
    @DisplayName("a goal is acknowledged within three seconds and answered at its response_url")
    void goal() throws Exception {
        var from = System.nanoTime();
        var acknowledged = genuine(form("U1", "describe the arm", hooks() + "commands/1"));

        assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(3));
        assertThat(acknowledged.statusCode()).isEqualTo(200);
        assertThat(text(acknowledged.body())).isEqualTo("On it.");
        assertThat(text(String.valueOf(POSTED.poll(60, TimeUnit.SECONDS)))).startsWith("I have read the manifest");
    }

    @Test
    @DisplayName("what a model says is text: it calls no channel")
    void textOnly() throws Exception {
        assertThat(genuine(form("U2", "loud", hooks() + "commands/2")).statusCode())
                .isEqualTo(200);

        assertThat(text(String.valueOf(POSTED.poll(60, TimeUnit.SECONDS)))).endsWith("&lt;!channel&gt; a &amp; b");
    }

    @Test
    @DisplayName("a stop is done before it is acknowledged")
    void stop() throws Exception {
        var answer = genuine(form("U1", "stop", hooks() + "commands/3"));

        assertThat(text(answer.body())).isEqualTo("The robot is stopped.");
        server.clear();
    }

    @Test
    @DisplayName("a wrong secret, an old or future time and a changed body are turned away")
    void forged() throws Exception {
        var body = form("U1", "stop", hooks());
        var now = Instant.now().getEpochSecond();

        assertThat(send(now, signature("another", now, body), body).statusCode())
                .isEqualTo(401);
        // The one of the future is sent late on a busy machine, and is younger then.
        for (var time : new long[] {now - 301, now + 600}) {
            assertThat(send(time, signature(SECRET, time, body), body).statusCode())
                    .isEqualTo(401);
        }
        assertThat(send(now, signature(SECRET, now, body), body.replace("U1", "U2"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(now, "", body).statusCode()).isEqualTo(401);
        assertThat(stopped()).isFalse();
    }

    @Test
    @DisplayName("a request that was recorded works once")
    void replayed() throws Exception {
        var body = form("U1", "", hooks());
        var now = Instant.now().getEpochSecond();

        assertThat(send(now, signature(SECRET, now, body), body).statusCode()).isEqualTo(200);
        assertThat(send(now, signature(SECRET, now, body), body).statusCode()).isEqualTo(409);
    }

    @Test
    @DisplayName("somebody who is not on the list can do nothing, not even stop")
    void stranger() throws Exception {
        assertThat(text(genuine(form("U9", "stop", hooks())).body())).contains("not on the list");
        assertThat(stopped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.example/", "", "file:///etc/passwd"})
    @DisplayName("answers go to Slack and nowhere else, and without an address nothing is ordered")
    void elsewhere(String responseUrl) throws Exception {
        var before = Example.newest(server, Who.READER).path("id").asString("");

        assertThat(genuine(form("U1", "describe the arm", responseUrl)).statusCode())
                .isEqualTo(400);
        assertThat(Example.newest(server, Who.READER).path("id").asString("")).isEqualTo(before);
    }

    private static boolean stopped() throws Exception {
        return Example.send("GET", server.url() + "/v1/status", Example.bearer(Who.READER), "")
                .json()
                .path("interlock")
                .path("latched")
                .booleanValue();
    }
}
