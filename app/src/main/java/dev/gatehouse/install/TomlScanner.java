package dev.gatehouse.install;

import dev.gatehouse.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/** Finds where the tables and keys of a TOML text stand. Values are only walked over; dates and numbers are not checked. */
final class TomlScanner extends TextScanner {
    private static final int MAX_DEPTH = 64;

    private TomlScanner(String text) {
        super("TOML", text);
    }

    /**
     * A header or an assignment.
     *
     * @param table the table it opens, or stands in
     * @param key what is assigned, below the table; empty for a header
     * @param repeats a header of an array of tables
     * @param start its first character
     * @param end after its last character, without a comment
     */
    record Item(List<String> table, List<String> key, boolean repeats, int start, int end) {
        Item {
            table = List.copyOf(table);
            key = List.copyOf(key);
        }

        boolean isHeader() {
            return key.isEmpty();
        }

        /** From the root down. */
        List<String> path() {
            var path = new ArrayList<>(table);
            path.addAll(key);
            return path;
        }
    }

    /**
     * All items in order.
     *
     * @throws ConfigException if the text is not TOML; names the line
     */
    static List<Item> scan(String text) throws ConfigException {
        return new TomlScanner(text).items();
    }

    private List<Item> items() throws ConfigException {
        var items = new ArrayList<Item>();
        var table = List.<String>of();
        for (skip(); at < text.length(); skip()) {
            var start = at;
            if (peek() == '[') {
                var repeats = text.startsWith("[[", at);
                at += repeats ? 2 : 1;
                table = key();
                expect(']');
                if (repeats) {
                    expect(']');
                }
                items.add(new Item(table, List.of(), repeats, start, at));
            } else {
                var key = key();
                expect('=');
                spaces();
                value(0);
                items.add(new Item(table, key, false, start, at));
            }
            endOfLine();
        }
        return items;
    }

    private List<String> key() throws ConfigException {
        var parts = new ArrayList<String>();
        do {
            if (!parts.isEmpty()) {
                at++;
            }
            spaces();
            parts.add(part());
            spaces();
        } while (at < text.length() && peek() == '.');
        return parts;
    }

    private String part() throws ConfigException {
        var start = at;
        if (peek() == '"' || peek() == '\'') {
            string();
            var quoted = text.substring(start + 1, at - 1);
            if (quoted.indexOf('\\') >= 0) {
                // What it is called cannot be told without reading escapes, and no client writes such a key.
                throw broken();
            }
            return quoted;
        }
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw broken();
        }
        return text.substring(start, at);
    }

    private static boolean isBare(char c) {
        return c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private void value(int depth) throws ConfigException {
        if (depth > MAX_DEPTH) {
            throw broken();
        }
        switch (peek()) {
            case '"', '\'' -> string();
            case '[' -> collection(']', depth);
            case '{' -> collection('}', depth);
            default -> {
                var start = at;
                while (at < text.length() && ",]}#\r\n".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                while (at > start && text.charAt(at - 1) <= ' ') {
                    at--;
                }
                if (at == start) {
                    throw broken();
                }
            }
        }
    }

    private void collection(char close, int depth) throws ConfigException {
        at++;
        var separated = true;
        for (skip(); peek() != close; skip()) {
            if (!separated) {
                throw broken();
            }
            if (close == '}') {
                var _ = key();
                expect('=');
                spaces();
            }
            value(depth + 1);
            skip();
            separated = peek() == ',';
            if (separated) {
                at++;
            }
        }
        at++;
    }

    private void string() throws ConfigException {
        var quote = text.substring(at, at + 1);
        var fence = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
        at += fence.length();
        while (!text.startsWith(fence, at)) {
            var c = peek();
            if (fence.length() == 1 && (c == '\n' || c == '\r')) {
                throw broken();
            }
            at += c == '\\' && quote.equals("\"") ? 2 : 1;
        }
        at += fence.length();
        // Up to two quotes may stand before the closing three.
        while (fence.length() == 3 && text.startsWith(quote, at)) {
            at++;
        }
    }

    private void spaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** White space, line ends and comments. */
    private void skip() {
        while (at < text.length()) {
            if (text.charAt(at) == '#') {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }

    private void endOfLine() throws ConfigException {
        spaces();
        if (at < text.length() && "#\r\n".indexOf(text.charAt(at)) < 0) {
            throw broken();
        }
    }
}
