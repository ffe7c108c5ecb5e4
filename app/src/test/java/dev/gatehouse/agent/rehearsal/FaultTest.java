package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** engines.md 6: what each fault looks like on the wire. */
@Timeout(30)
class FaultTest {
    private static final Dialogue LOOK = Dialogue.goal("look").offering("render");

    private static HttpResponse<String> streamed(String turn) {
        try (var server = RehearsalServer.start(Scripts.library(turn), 0);
                var wire = new Wire(server)) {
            return wire.messages(LOOK.streaming());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "402, billing_error",
        "403, permission_error",
        "404, not_found_error",
        "408, invalid_request_error",
        "413, request_too_large",
        "429, rate_limit_error",
        "500, api_error",
        "503, api_error",
        "529, overloaded_error"
    })
    void anHttpFaultHasTheErrorShapeOfItsStatus(int status, String type) {
        var response = streamed("{say: x, fault: {http: " + status + "}}");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("request-id")).isPresent();
        var error = Wire.json(response);
        assertThat(error.path("type").stringValue()).isEqualTo("error");
        assertThat(error.path("error").path("type").stringValue()).isEqualTo(type);
        assertThat(error.path("error").path("message").stringValue()).isNotBlank();
    }

    @Test
    void retryAfterIsSentWhenTheScriptStatesItAndAlwaysWith429() {
        assertThat(streamed("{say: x, fault: {http: 529, retry_after: 7}}")
                        .headers()
                        .firstValue("retry-after"))
                .contains("7");
        assertThat(streamed("{say: x, fault: {http: 429}}").headers().firstValue("retry-after"))
                .contains("1");
        assertThat(streamed("{say: x, fault: {http: 529}}").headers().firstValue("retry-after"))
                .isEmpty();
    }

    @Test
    @DisplayName("a repeated request meets the fault so many times, then the answer, then starts over")
    void aFaultHappensSoManyTimesToARequest() {
        try (var server = RehearsalServer.start(Scripts.library("{say: x, fault: {http: 529, times: 2}}"), 0);
                var wire = new Wire(server)) {
            var statuses = new ArrayList<Integer>();
            for (var i = 0; i < 6; i++) {
                statuses.add(wire.messages(LOOK.body()).statusCode());
                if (i == 0) {
                    // Another request has a count of its own.
                    assertThat(wire.messages(Dialogue.goal("other").body()).statusCode())
                            .isEqualTo(529);
                }
            }
            assertThat(statuses).containsExactly(529, 529, 200, 529, 529, 200);
        }
    }

    @Test
    void aFaultWithoutTimesNeverEnds() {
        try (var server = RehearsalServer.start(Scripts.library("{say: x, fault: {http: 500}}"), 0);
                var wire = new Wire(server)) {
            for (var i = 0; i < 4; i++) {
                assertThat(wire.messages(LOOK.body()).statusCode()).isEqualTo(500);
            }
        }
    }

    @Test
    void anErrorEventEndsTheStream() {
        var response = streamed("{say: x, fault: {sse_error: overloaded_error, after_events: 4}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Wire.events(response))
                .containsExactly("message_start", "content_block_start", "ping", "content_block_delta", "error");
        assertThat(response.body())
                .endsWith(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");
    }

    @Test
    void anErrorEventBeyondTheAnswerStandsInPlaceOfTheStop() {
        assertThat(Wire.events(streamed("{say: x, fault: {sse_error: api_error, after_events: 999}}")))
                .endsWith("message_delta", "error")
                .doesNotContain("message_stop");
    }

    @Test
    void aRequestThatDoesNotStreamGetsTheErrorEventAsAnHttpError() {
        try (var server = RehearsalServer.start(Scripts.library("{say: x, fault: {sse_error: overloaded_error}}"), 0);
                var wire = new Wire(server)) {
            assertThat(wire.messages(LOOK.body()).statusCode()).isEqualTo(529);
        }
    }

    @Test
    void withoutStopTheStreamEndsInGoodOrder() {
        assertThat(Wire.events(streamed("{say: x, fault: {no_stop: true}}")))
                .endsWith("content_block_stop", "message_delta");
    }

    @Test
    void badJsonLacksItsClosingBrace() {
        var response = streamed("{call: [{tool: render, args: {a: 1}}], fault: {bad_json: true}}");

        assertThat(response.body())
                .contains("\"partial_json\":\"{\\\"a\\\":1\"")
                .endsWith("{\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void unknownEventsStandBetweenKnownOnes() {
        assertThat(Wire.events(streamed("{say: x, fault: {unknown_event: true}}")))
                .containsExactly(
                        "message_start",
                        "rehearsal_unknown",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_stop",
                        "rehearsal_unknown",
                        "message_delta",
                        "message_stop");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutEndsTheConnectionWithoutEndingTheBody(boolean stream) throws Exception {
        var raw = raw("{say: x, fault: {cut_after: 3}}", stream);

        assertThat(raw)
                .startsWith("HTTP/1.1 200")
                .doesNotContain("message_stop")
                .doesNotEndWith("0\r\n\r\n");
        if (stream) {
            assertThat(raw).contains("event: ping\n").doesNotContain("content_block_delta");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutAfterNothingSendsNothing(boolean stream) throws Exception {
        assertThat(raw("{say: x, fault: {cut_after: 0}}", stream)).isEmpty();
    }

    /** Everything that comes back on a connection until the other side ends it. */
    private static String raw(String turn, boolean stream) throws IOException {
        try (var server = RehearsalServer.start(Scripts.library(turn), 0);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var body = Json.line(stream ? LOOK.streaming() : LOOK.body());
            socket.getOutputStream()
                    .write(("POST /v1/messages HTTP/1.1\r\nHost: "
                                    + URI.create(server.url()).getAuthority()
                                    + "\r\nx-api-key: k\r\nanthropic-version: 1\r\ncontent-length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aHangIsSilenceAndThenTheAnswer() {
        var ticker = new JumpingTicker();
        try (var server = RehearsalServer.start(
                        Scripts.library("{say: x, fault: {hang_ms: 90000, after_events: 2}}"), 0, ticker);
                var wire = new Wire(server)) {
            assertThat(Wire.events(wire.messages(LOOK.streaming()))).endsWith("message_stop");
            assertThat(Wire.json(wire.messages(LOOK.body())).path("type").stringValue())
                    .isEqualTo("message");
        }
        assertThat(ticker.jumps()).containsExactly(90_000L, 90_000L);
    }

    @Test
    void closingTheServerEndsAHang() throws Exception {
        var server = RehearsalServer.start(Scripts.library("{say: x, fault: {hang_ms: 600000, after_events: 1}}"), 0);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var body = Json.line(LOOK.streaming());
            socket.getOutputStream()
                    .write(("POST /v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: k\r\nanthropic-version: 1\r\n"
                                    + "content-length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');

            server.close();

            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void paceWaitsBeforeTheFirstEventAndBeforeEachDelta() {
        var ticker = new JumpingTicker();
        try (var server = RehearsalServer.start(
                        Scripts.library("{say: abcdef, pace: {first_ms: 100, chunk_chars: 9, chunk_ms: 5}}"),
                        0,
                        ticker);
                var wire = new Wire(server)) {
            // "[rehearsal] abcdef" is 18 characters, which is two pieces.
            wire.messages(LOOK.streaming());
            assertThat(ticker.jumps()).containsExactly(100L, 5L, 5L);
        }
    }
}
