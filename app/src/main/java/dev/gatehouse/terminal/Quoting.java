package dev.gatehouse.terminal;

import java.util.regex.Pattern;

/** Paths as a shell, an env file or YAML reads them back unchanged. */
public final class Quoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\\"$`]");

    private Quoting() {}

    /** One word of a shell command line. */
    public static String shell(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The value of a line in an env file, as shells and service managers read it. */
    public static String environment(String value) {
        return PLAIN.matcher(value).matches()
                ? value
                : '"' + SPECIAL.matcher(value).replaceAll("\\\\$0") + '"';
    }
}
