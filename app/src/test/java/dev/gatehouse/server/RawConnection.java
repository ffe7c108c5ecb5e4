package dev.gatehouse.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A socket, for what no HTTP client would send. Text is sent and read as ISO-8859-1, so that every byte can be written. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection to(int port) {
        return to(port, Sources.fresh());
    }

    /** From a certain address. */
    static RawConnection to(int port, InetAddress source) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port, source, 0);
            socket.setTcpNoDelay(true);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that takes next to nothing unless it is read. */
    public static RawConnection narrow(int port) {
        try {
            var socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.bind(new InetSocketAddress(Sources.fresh(), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text, says that it is all, and returns everything that comes back until the server closes. */
    public static String exchange(int port, String request) {
        try (var connection = to(port)) {
            connection.send(request).endOutput();
            return connection.readToEnd(Duration.ofSeconds(20));
        }
    }

    public RawConnection send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one byte; false if the server has closed the connection. */
    boolean drip(char c) {
        try {
            socket.getOutputStream().write(c);
            socket.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What has come and what comes until the server closes; a reset counts as closed. */
    public String readToEnd(Duration atMost) {
        var out = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout((int) atMost.toMillis());
            var buffer = new byte[8192];
            for (var n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + atMost + ": " + out.toString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return out.toString(StandardCharsets.ISO_8859_1);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** The first line of what comes, without waiting for the end. */
    public String readLine(Duration atMost) {
        try {
            socket.setSoTimeout((int) atMost.toMillis());
            var out = new StringBuilder();
            for (var c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                out.append((char) c);
            }
            return out.toString().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with a reset, as a host does whose process was killed in the middle of reading. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
