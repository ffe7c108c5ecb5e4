package dev.gatehouse.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Brings what libraries write through {@code java.util.logging} into the one log there is, and only what is a warning or worse. */
final class Logging {
    private Logging() {}

    /** Call it before the first library is used. */
    static void quiet() {
        LogManager.getLogManager().reset();
        var root = LogManager.getLogManager().getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Forwarding());
    }

    /** Says how much is logged and in which form (D16.7); the log reads it when it is first used, so call it before that. */
    static void configure(LogLevel level, boolean json) {
        System.setProperty(LogConfiguration.LEVEL, level.name());
        if (json) {
            System.setProperty(LogConfiguration.JSON, "true");
        }
    }

    private static final class Forwarding extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord event) {
            if (!isLoggable(event)) {
                return;
            }
            var name = event.getLoggerName();
            var log = LoggerFactory.getLogger(name == null ? "java.util.logging" : name);
            var level = event.getLevel().intValue() >= Level.SEVERE.intValue()
                    ? org.slf4j.event.Level.ERROR
                    : org.slf4j.event.Level.WARN;
            log.atLevel(level).setCause(event.getThrown()).log(formatter.formatMessage(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
