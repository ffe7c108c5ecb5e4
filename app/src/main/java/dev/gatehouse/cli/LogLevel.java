package dev.gatehouse.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How much is logged. */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** Reads a level in any case, and under the names that configurations of 0.2.0 use. */
    static final class Reader implements ITypeConverter<LogLevel> {
        @Override
        public LogLevel convert(String text) {
            return switch (text.toUpperCase(Locale.ROOT)) {
                case "ERROR", "CRITICAL" -> ERROR;
                case "WARN", "WARNING" -> WARN;
                case "INFO" -> INFO;
                case "DEBUG" -> DEBUG;
                case "TRACE" -> TRACE;
                default -> throw new TypeConversionException("must be ERROR, WARN, INFO, DEBUG or TRACE");
            };
        }
    }
}
