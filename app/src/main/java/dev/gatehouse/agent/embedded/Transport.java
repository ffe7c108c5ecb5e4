package dev.gatehouse.agent.embedded;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's way to the network: OkHttp on sockets that send at once.
 *
 * <p>The SDK's own one leaves Nagle's algorithm on, and OkHttp sends the head of a request before its body: on a connection that is used
 * again the body then waits for the acknowledgement of the head, a round trip or 40 ms, whichever is longer, in every turn.
 */
final class Transport implements HttpClient {
    /** Finds a dead HTTP/2 connection, which several calls share; HTTP/1.1 has no pings. */
    private static final Duration PING = Duration.ofMinutes(1);

    /** As much as a thread's share of OkHttp's pool of buffers ever holds. */
    private static final byte[] POOL = new byte[64 * 1024];

    private final OkHttpClient client;

    /**
     * @param idleConnections most unused connections kept
     * @param idle how long one is kept
     * @param names tells where hosts are, for each connection anew
     */
    Transport(int idleConnections, Duration idle, Dns names) {
        this.client = new OkHttpClient.Builder()
                .socketFactory(new PromptSocketFactory())
                .connectionPool(new ConnectionPool(idleConnections, idle.toNanos(), TimeUnit.NANOSECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .dns(names)
                .pingInterval(PING)
                .build();
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        var builder = client.newBuilder();
        options.timeout()
                .ifPresent(timeout -> builder.connectTimeout(timeout.connect())
                        .readTimeout(timeout.read())
                        .writeTimeout(timeout.write())
                        .callTimeout(timeout.request()));
        try {
            return new Answer(builder.build().newCall(translated(request)).execute());
        } catch (IOException e) {
            throw new AnthropicIoException("Request failed", e);
        } finally {
            request.body().ifPresent(HttpRequestBody::close);
            wipeBuffers();
        }
    }

    /**
     * Overwrites the buffers that this thread used. They go back to a pool as they are, and the head of the request, with the key in
     * it, would stay there until somebody uses the same buffer again (threats.md T8.4).
     */
    private static void wipeBuffers() {
        var pooled = new Buffer();
        pooled.write(POOL);
        pooled.clear();
    }

    /** Nobody here asks for it; it answers all the same, on the calling thread. */
    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        try {
            return CompletableFuture.completedFuture(execute(request, options));
        } catch (AnthropicIoException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static Request translated(HttpRequest request) {
        var out = new Request.Builder()
                .url(request.url())
                .method(request.method().name(), request.body().map(Body::new).orElse(null));
        for (var name : request.headers().names()) {
            request.headers().values(name).forEach(value -> out.addHeader(name, value));
        }
        return out.build();
    }

    private static final class Body extends RequestBody {
        private final HttpRequestBody body;

        Body(HttpRequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            var type = body.contentType();
            return type == null ? null : MediaType.parse(type);
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return !body.repeatable();
        }

        @Override
        public void writeTo(BufferedSink sink) {
            body.writeTo(sink.outputStream());
        }
    }

    private static final class Answer implements HttpResponse {
        private final Response response;
        private final ResponseBody body;
        private final Headers headers;

        Answer(Response response) throws IOException {
            this.response = response;
            var present = response.body();
            if (present == null) {
                throw new IOException("a response of a call always has a body");
            }
            this.body = present;
            var copy = Headers.builder();
            response.headers().forEach(pair -> copy.put(pair.getFirst(), pair.getSecond()));
            this.headers = copy.build();
        }

        @Override
        public int statusCode() {
            return response.code();
        }

        @Override
        public Headers headers() {
            return headers;
        }

        @Override
        public InputStream body() {
            return body.byteStream();
        }

        @Override
        public void close() {
            body.close();
        }
    }
}
