package dev.gatehouse.toolserver;

import dev.gatehouse.mcp.wire.Lines;
import dev.gatehouse.terminal.Printable;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a tool server writes for people, as lines of our log: cleaned, short, and not more of them than a log can bear. */
final class StandardError {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.toolserver.stderr");
    private static final int MAX_LINE = 8192;
    private static final int SHOWN = 500;
    private static final int LINES = 100;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final InputStream in;
    private final Ticker ticker;
    private Deadline period;
    private int lines;

    private StandardError(InputStream in, Ticker ticker) {
        this.in = in;
        this.ticker = ticker;
        this.period = Deadline.in(PERIOD, ticker);
    }

    /** Reads to the end, because a full pipe would block the server. */
    static void follow(InputStream in, Ticker ticker) {
        var error = new StandardError(in, ticker);
        Thread.ofPlatform().daemon().name("tool-server-err").start(error::read);
    }

    private void read() {
        try {
            var source = new Lines(in, MAX_LINE);
            for (var line = source.next(); line.isPresent(); line = source.next()) {
                if (room()) {
                    LOG.info("{}", text(line.get()));
                }
            }
        } catch (IOException e) {
            LOG.debug("the tool server writes nothing more");
        }
    }

    private boolean room() {
        if (period.passed()) {
            if (lines > LINES) {
                LOG.warn("{} further lines of the tool server were left out", lines - LINES);
            }
            period = Deadline.in(PERIOD, ticker);
            lines = 0;
        }
        lines++;
        return lines <= LINES;
    }

    private static String text(Lines.Line line) {
        return switch (line) {
            case Lines.Line.Whole(var bytes) ->
                Printable.of(StandardCharsets.UTF_8.decode(bytes).toString(), SHOWN, "…");
            case Lines.Line.TooLong() -> "(a line that is too long)";
        };
    }
}
