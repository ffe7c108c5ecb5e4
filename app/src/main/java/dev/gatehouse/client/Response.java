package dev.gatehouse.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The head of one answer, with the body still to be read. Closing it closes the connection, whoever reads from it.
 *
 * @param headers by their names in lower case
 */
record Response(int status, Map<String, String> headers, InputStream body, Connection connection)
        implements AutoCloseable {
    /** No answer but a stream is longer; the longest are lists of tasks with their goals. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    /** What is let go when the answer was read. */
    interface Connection {
        void close() throws IOException;
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The whole body. */
    byte[] whole() throws IOException {
        var bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new ProtocolException("the answer is longer than any answer of Gatehouse");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
