package dev.gatehouse.install;

import dev.gatehouse.config.ConfigException;

/** A position in the text of a settings file, and the error that names its line. */
abstract sealed class TextScanner permits JsonScanner, TomlScanner {
    final String text;

    /** In characters from the start; behind a byte order mark at first. */
    int at;

    private final String format;

    TextScanner(String format, String text) {
        this.format = format;
        this.text = text;
        at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    final char peek() throws ConfigException {
        if (at >= text.length()) {
            throw broken();
        }
        return text.charAt(at);
    }

    final void expect(char wanted) throws ConfigException {
        if (peek() != wanted) {
            throw broken();
        }
        at++;
    }

    final ConfigException broken() {
        var before = text.substring(0, Math.min(at, text.length()));
        return new ConfigException("it is not valid " + format + ", see line "
                + (before.chars().filter(c -> c == '\n').count() + 1));
    }
}
