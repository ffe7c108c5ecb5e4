package dev.gatehouse.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A bad network between a caller and a real server: each connection in turn gets a fault, those after the last fault none. */
public final class FaultyLink implements AutoCloseable {
    /** What happens to one connection after so many bytes of the answer. */
    public record Fault(Kind kind, int after) {
        /** The kinds of fault. */
        public enum Kind {
            CUT,
            SILENT
        }

        public static Fault cut(int after) {
            return new Fault(Kind.CUT, after);
        }

        public static Fault silent(int after) {
            return new Fault(Kind.SILENT, after);
        }
    }

    private static final Fault NONE = Fault.cut(Integer.MAX_VALUE);

    private final ServerSocket socket;
    private final int target;
    private final Deque<Fault> faults;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private volatile Fault afterwards = NONE;
    private volatile boolean hushed;

    private FaultyLink(ServerSocket socket, int target, List<Fault> faults) {
        this.socket = socket;
        this.target = target;
        this.faults = new ArrayDeque<>(faults);
    }

    /** A link to a port of this machine. */
    public static FaultyLink to(String url, Fault... faults) throws IOException {
        var port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
        var link = new FaultyLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, List.of(faults));
        Thread.ofVirtual().start(link::accept);
        return link;
    }

    /** What every connection gets after those faults that were named. */
    public FaultyLink afterwards(Fault fault) {
        afterwards = fault;
        return this;
    }

    /** From now on nothing that the server says arrives, on any connection. */
    public void hush() {
        hushed = true;
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** All that callers have sent. */
    public synchronized String sent() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    private synchronized void keep(byte[] bytes, int length) {
        sent.write(bytes, 0, length);
    }

    private synchronized Fault next() {
        return faults.isEmpty() ? afterwards : faults.pop();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var caller = socket.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                var fault = next();
                Thread.ofVirtual().start(() -> up(caller, server));
                Thread.ofVirtual().start(() -> down(server, caller, fault));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void up(Socket caller, Socket server) {
        try (server) {
            var buffer = new byte[8192];
            var in = caller.getInputStream();
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                keep(buffer, read);
                server.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone; the other learns of it by the closing.
        }
    }

    private void down(Socket server, Socket caller, Fault fault) {
        try {
            var broken = copy(server.getInputStream(), caller.getOutputStream(), fault.after());
            if (hushed || (broken && fault.kind() == Fault.Kind.SILENT)) {
                server.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            caller.close();
            server.close();
        } catch (IOException e) {
            // The same.
        }
    }

    /** Whether the fault struck before the end. */
    private boolean copy(InputStream in, OutputStream out, int most) throws IOException {
        var left = most;
        var buffer = new byte[8192];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (hushed) {
                return true;
            }
            var passes = Math.min(read, left);
            out.write(buffer, 0, passes);
            left -= passes;
            if (left == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
