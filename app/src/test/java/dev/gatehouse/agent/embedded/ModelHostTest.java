package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the name of the model's host may point, however it points elsewhere later (threats.md T10.3). */
@NullMarked
@Timeout(60)
class ModelHostTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static URI at(String host, RawEndpoint endpoint) {
        return URI.create("http://" + host + ":" + endpoint.url().getPort());
    }

    private static ModelReply ask(ModelClient client) {
        var wire = new ModelRequest.Wire(
                SdkJson.value(Json.array()), Optional.empty(), SdkJson.value(Json.tree(List.of())));
        return new ModelCall(client).run(new ModelRequest("m", 256, wire), Optional.empty(), LIMIT, Deltas.unwanted());
    }

    private static void assertNotAsked(ModelReply reply) {
        assertThat(reply).isEqualTo(ModelReply.Failed.broken(true));
    }

    @Test
    @DisplayName("T10.3: a name that points at this machine is not followed there, unless the operator named that host")
    void inside() throws Exception {
        try (var endpoint = new RawEndpoint(Sse.done("ok"));
                var named = new ModelClient(
                        at("model.example", endpoint), SHORT, name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
                var rebound = new ModelClient(
                        at("api.anthropic.com", endpoint), SHORT, name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
                var literal = new ModelClient(endpoint.url(), SHORT, name -> {
                    throw new UnknownHostException(name);
                })) {
            assertThat(ask(named)).isInstanceOf(ModelReply.Answered.class);
            assertThat(ask(literal)).isInstanceOf(ModelReply.Answered.class);
            assertThat(endpoint.connections()).isEqualTo(2);

            assertNotAsked(ask(rebound));
            assertThat(endpoint.connections()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("T10.3: a resolver that changes its answer is asked, and its answer judged, for each connection")
    void changing() throws Exception {
        var means = new AtomicReference<>("127.0.0.1");
        try (var endpoint = new RawEndpoint(Sse.done("ok"));
                var client = new ModelClient(
                        at("model.example", endpoint), SHORT, name -> List.of(InetAddress.ofLiteral(means.get())))) {
            assertThat(ask(client)).isInstanceOf(ModelReply.Answered.class);
            Awaitility.await().until(() -> endpoint.closedByClient() == 1);

            // Which would be this very machine, too.
            means.set("0.0.0.0");
            assertNotAsked(ask(client));
            assertThat(endpoint.connections()).isEqualTo(1);

            means.set("127.0.0.1");
            assertThat(ask(client)).isInstanceOf(ModelReply.Answered.class);
        }
    }

    private static List<InetAddress> lookup(String url, String asked, String... answer) throws UnknownHostException {
        var addresses = List.of(answer).stream().map(InetAddress::ofLiteral).toList();
        return new ModelHost(URI.create(url), name -> addresses).lookup(asked);
    }

    private static Optional<List<InetAddress>> found(String url, String asked, String... answer) {
        try {
            return Optional.of(lookup(url, asked, answer));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "172.31.0.1",
                "192.168.1.1",
                "198.18.0.1",
                "240.0.0.1",
                "::1",
                "fd12::1",
                "64:ff9b::7f00:1",
                "::ffff:10.0.0.1"
            })
    @DisplayName("T10.3: the public API is at no inside address; a host of the operator's own may be")
    void insideAddresses(String address) {
        assertThat(found("https://api.anthropic.com", "api.anthropic.com", address))
                .isEmpty();
        assertThat(found("https://llm.corp.example", "llm.corp.example", address))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "192.0.0.192",
                "0.0.0.0",
                "::",
                "224.0.0.1"
            })
    @DisplayName("T10.3: no name means the metadata service of a cloud, or no address at all")
    void forNobody(String address) {
        assertThat(found("https://llm.corp.example", "llm.corp.example", address))
                .isEmpty();
        assertThat(found("https://api.anthropic.com", "api.anthropic.com", address))
                .isEmpty();
    }

    @Test
    @DisplayName("T10.3: of several answers only those that may be asked are used, and no other name is looked up")
    void mixed() {
        assertThat(found(
                        "https://api.anthropic.com", "api.anthropic.com", "10.0.0.1", "160.79.104.10", "2607:6bc0::10"))
                .hasValueSatisfying(addresses -> assertThat(addresses).hasSize(2));
        assertThat(found("https://api.anthropic.com", "elsewhere.example", "160.79.104.10"))
                .isEmpty();
    }
}
