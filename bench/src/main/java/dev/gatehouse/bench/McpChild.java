package dev.gatehouse.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;

/** A server over standard input and output, from its start to its first answer and on. */
final class McpChild implements AutoCloseable {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}";

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;
    private final Duration startUp;

    private McpChild(Process process, long from) throws IOException {
        this.process = process;
        this.in = process.outputWriter();
        this.out = process.inputReader();
        ask(INITIALIZE);
        this.startUp = Duration.ofNanos(System.nanoTime() - from);
        in.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
        in.flush();
    }

    /** Starts one and waits until it has answered {@code initialize}. */
    static McpChild start(ProcessBuilder command) throws IOException {
        var from = System.nanoTime();
        return new McpChild(
                command.redirectError(ProcessBuilder.Redirect.DISCARD).start(), from);
    }

    /** From the start of the process to the answer. */
    Duration startUp() {
        return startUp;
    }

    long residentKib() throws IOException {
        return Resident.kib(process.pid());
    }

    /** Sends one request and waits for the line that answers it. */
    String ask(String request) throws IOException {
        in.write(request);
        in.write('\n');
        in.flush();
        var line = out.readLine();
        if (line == null || !line.contains("\"result\"")) {
            throw new IOException("no result: " + line);
        }
        return line;
    }

    /** Closes its input, which ends it. */
    @Override
    public void close() throws IOException {
        in.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
