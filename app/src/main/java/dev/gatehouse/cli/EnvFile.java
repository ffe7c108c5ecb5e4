package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines, as shells and service managers read it too.
 *
 * <p>Blank lines, lines that begin with {@code #} and a leading {@code export} are allowed. A value in double quotes
 * may hold {@code \\ \" \$} and an escaped back-tick; one in single quotes is taken as it is; nothing is expanded.
 */
final class EnvFile {
    private static final int MAX_BYTES = 1 << 16;
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\\"$`])");

    private EnvFile() {}

    /**
     * The variables in the order of the file.
     *
     * @throws ConfigException if the file cannot be read, a line is no assignment, or a name comes twice; names the line,
     *     never a value
     */
    static Map<String, String> read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ": larger than " + MAX_BYTES + " bytes");
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }

    static Map<String, String> parse(String text, String where) throws ConfigException {
        var variables = new LinkedHashMap<String, String>();
        var number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var at = where + ", line " + number + ": ";
            var match = LINE.matcher(line);
            if (!match.matches()) {
                throw new ConfigException(at + "must be NAME=value");
            }
            if (variables.put(match.group(1), value(match.group(2), at)) != null) {
                throw new ConfigException(at + "a second " + match.group(1));
            }
        }
        return variables;
    }

    private static String value(String text, String at) throws ConfigException {
        var quoted = DOUBLE.matcher(text);
        if (quoted.matches()) {
            return ESCAPE.matcher(quoted.group(1)).replaceAll("$1");
        }
        var literal = SINGLE.matcher(text);
        if (literal.matches()) {
            return literal.group(1);
        }
        if (text.startsWith("\"") || text.startsWith("'")) {
            throw new ConfigException(at + "a quote is not closed, or something follows it");
        }
        return text;
    }
}
