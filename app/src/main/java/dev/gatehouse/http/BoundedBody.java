package dev.gatehouse.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What came of reading the body of a request within its bounds. After all but the first, its connection has to be ended. */
public sealed interface BoundedBody {
    /** How long a whole body may take. */
    Duration MAX_TIME = Duration.ofSeconds(10);

    /** Bytes on the wire for one of a body that comes in the smallest chunks there are, {@code 1 CR LF x CR LF}. */
    int FRAMING = 6;

    /** Room for what came together with the body: chunk extensions, or the requests that follow it. */
    int ROOM = 65_536;

    /** All of it. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Whole(byte[] bytes) implements BoundedBody {}

    /** There is more than the limit, or more was announced. */
    record TooLarge() implements BoundedBody {}

    /** It did not come within {@link #MAX_TIME}. */
    record TooSlow() implements BoundedBody {}

    /** It is not framed as its headers say. */
    record Misframed() implements BoundedBody {}

    /** Whoever sent it has closed the connection. */
    record Gone() implements BoundedBody {}

    /** Whether a request says that it has a body. */
    static boolean announced(ServerRequest request) {
        var headers = request.headers();
        return headers.contains(HeaderNames.TRANSFER_ENCODING)
                || (headers.contains(HeaderNames.CONTENT_LENGTH)
                        && !headers.get(HeaderNames.CONTENT_LENGTH).get().equals("0"));
    }

    /** Reads the body of the request that this thread serves: its announced length first, then its bytes. */
    static BoundedBody read(ServerRequest request, int limit) throws InterruptedException {
        var announced = request.headers().contains(HeaderNames.CONTENT_LENGTH)
                ? request.headers().get(HeaderNames.CONTENT_LENGTH).asLong().get()
                : 0;
        if (announced > limit) {
            return new TooLarge();
        }
        try {
            var bytes = (long) FRAMING * limit + ROOM;
            return WatchedConnection.current().read(() -> all(request, limit), MAX_TIME, bytes);
        } catch (TimeoutException e) {
            return new TooSlow();
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case InsufficientDataAvailableException _ -> new Gone();
                case ServerConnectionException _ -> new Gone();
                case MeteredInput.TooMuchException _ -> new TooLarge();
                // The parser of chunks has no exception of its own.
                case null, default -> new Misframed();
            };
        }
    }

    private static BoundedBody all(ServerRequest request, int limit) throws IOException {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        // Not closed: that would wait for the rest of a body that is too large already.
        var in = request.content().inputStream();
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            if (out.size() > limit) {
                return new TooLarge();
            }
        }
        return new Whole(out.toByteArray());
    }
}
