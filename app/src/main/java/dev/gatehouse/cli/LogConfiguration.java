package dev.gatehouse.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The one log: records on standard error, because standard output belongs to results and protocols (D16.7). Logback finds this as a
 * service. It is code and no file, because reading XML takes three hundred classes at every start and for as long as a server runs.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    /** Property, or else variable, with the level. */
    static final String LEVEL = "ROBOT_MD_LOG_LEVEL";

    /** Property that is {@code true} for one JSON object a line. */
    static final String JSON = "gatehouse.log.json";

    /** One line a record (threats.md T20.1): what a caller wrote cannot begin a line or steer the terminal of whoever reads it. */
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %level %logger{20}"
            + " %replace(%replace(%msg %ex{short}){'[\\t ]*[\\r\\n]+[\\t ]*', ' | '}){'[\\p{Cntrl}]|[ |]+$', ''}%n%nopex";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var stderr = new ConsoleAppender<ILoggingEvent>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        stderr.setEncoder(Boolean.getBoolean(JSON) ? objects(context) : lines(context));
        stderr.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL, System.getenv().getOrDefault(LEVEL, "")), Level.INFO));
        root.addAppender(stderr);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> lines(LoggerContext context) {
        var lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setPattern(LINE);
        lines.start();
        return lines;
    }

    private static Encoder<ILoggingEvent> objects(LoggerContext context) {
        var objects = new JsonEncoder();
        objects.setContext(context);
        objects.setWithSequenceNumber(false);
        objects.setWithNanoseconds(false);
        objects.setWithContext(false);
        objects.setWithMDC(false);
        objects.setWithMarkers(false);
        objects.setWithKVPList(false);
        objects.setWithMessage(false);
        objects.setWithArguments(false);
        objects.setWithFormattedMessage(true);
        objects.start();
        return objects;
    }
}
