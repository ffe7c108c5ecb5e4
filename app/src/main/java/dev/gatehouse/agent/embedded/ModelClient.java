package dev.gatehouse.agent.embedded;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import com.anthropic.core.LogLevel;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.services.blocking.MessageService;
import dev.gatehouse.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Dns;

/**
 * The SDK's client, set up so that nothing of the host leaks into it: no credentials and no options from the environment, no logging,
 * no tracing, no redirects, no retries of its own (E2.1, T8.3).
 *
 * <p>Calls are synchronous. OkHttp runs those on the calling thread and does not count them against its dispatcher's limits, so a
 * waiting session costs a virtual thread and a socket, never a platform thread.
 */
final class ModelClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** First byte, and the gap between bytes; pings count as bytes. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /**
     * How long a connection may idle and still be used again. E2.11 wants less than 30 s. It is far less, because common gateways close
     * after five, OkHttp notices a closed connection only after ten, and a request sent into one costs its whole reservation (E4.4);
     * a new connection costs a round trip or two.
     */
    static final Duration IDLE = Duration.ofSeconds(4);

    private static final String NO_KEY = "no-key-needed";

    private static final int IDLE_CONNECTIONS = 64;

    private final AnthropicClient client;

    /** @param idle how long an unused connection is kept; {@link #IDLE} except in tests */
    ModelClient(URI url, Duration idle) {
        this(url, idle, Dns.SYSTEM);
    }

    /** @param resolver says what names mean */
    ModelClient(URI url, Duration idle, Dns resolver) {
        client = new AnthropicClientImpl(ClientOptions.builder()
                .httpClient(new Transport(IDLE_CONNECTIONS, idle, new ModelHost(url, resolver)))
                .baseUrl(url.toString())
                .maxRetries(0)
                .logLevel(LogLevel.OFF)
                .openTelemetry(false)
                .checkJacksonVersionCompatibility(false)
                .build());
    }

    /**
     * Opens a stream. Blocks until the answer begins; the caller closes it.
     *
     * @param limit the most the whole call may take
     */
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who does
    StreamResponse<RawMessageStreamEvent> stream(ModelRequest request, Optional<Secret> key, Duration limit) {
        var params = MessageCreateParams.builder()
                .model(request.model())
                .maxTokens(request.maxTokens())
                .system(field(request.wire().system()))
                .messages(field(request.wire().messages()));
        request.wire().tools().ifPresent(tools -> params.tools(field(tools)));
        return messages(key).createStreaming(params.build(), options(limit));
    }

    /** Asks how many tokens the prompt has. */
    long countTokens(ModelRequest request, Optional<Secret> key, Duration limit) {
        var params = MessageCountTokensParams.builder()
                .model(request.model())
                .system(field(request.wire().system()))
                .messages(field(request.wire().messages()));
        request.wire().tools().ifPresent(tools -> params.tools(field(tools)));
        return messages(key).countTokens(params.build(), options(limit)).inputTokens();
    }

    /** The key lives in the options of this one call. An endpoint that needs none still wants to see one. */
    private MessageService messages(Optional<Secret> key) {
        var bearer = "Bearer " + key.map(Secret::reveal).orElse(NO_KEY);
        return client.messages().withOptions(options -> options.replaceHeaders("Authorization", bearer));
    }

    /** Raw JSON fits every field; Kotlin's type of "no value" arrives here as a raw type. */
    @SuppressWarnings("unchecked")
    private static <T> JsonField<T> field(JsonValue value) {
        return value;
    }

    private static RequestOptions options(Duration limit) {
        // OkHttp takes zero for "no limit".
        var atLeast = limit.toMillis() < 1 ? Duration.ofMillis(1) : limit;
        return RequestOptions.builder()
                .followRedirects(false)
                .timeout(Timeout.builder()
                        .connect(CONNECT)
                        .read(SILENCE)
                        .write(SILENCE)
                        .request(atLeast)
                        .build())
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
