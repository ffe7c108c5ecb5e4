package dev.gatehouse.install;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** Finds where the values of a JSON text stand. Comments and trailing commas are let through, because some clients allow them. */
final class JsonScanner extends TextScanner {
    private static final int MAX_DEPTH = 64;
    private static final Pattern LITERAL =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private JsonScanner(String text) {
        super("JSON", text);
    }

    /**
     * The one value of a text.
     *
     * @throws ConfigException if it is not one; names the line
     */
    static JsonSpan scan(String text) throws ConfigException {
        var scanner = new JsonScanner(text);
        scanner.skip();
        var value = scanner.value(0);
        scanner.skip();
        if (scanner.at < text.length()) {
            throw scanner.broken();
        }
        return value;
    }

    private JsonSpan value(int depth) throws ConfigException {
        if (depth > MAX_DEPTH) {
            throw broken();
        }
        var start = at;
        switch (peek()) {
            case '{' -> {
                return object(depth);
            }
            case '[' -> array(depth);
            case '"' -> string();
            default -> literal();
        }
        return JsonSpan.scalar(start, at);
    }

    private JsonSpan object(int depth) throws ConfigException {
        var start = at++;
        var members = new ArrayList<JsonSpan.Member>();
        var tail = at;
        var comma = false;
        for (skip(); peek() != '}'; skip()) {
            if (!members.isEmpty() && !comma) {
                throw broken();
            }
            var keyAt = at;
            var name = string();
            skip();
            expect(':');
            skip();
            members.add(new JsonSpan.Member(name, keyAt, value(depth + 1)));
            tail = at;
            skip();
            comma = peek() == ',';
            if (comma) {
                tail = ++at;
            }
        }
        at++;
        return new JsonSpan(start, at, true, members, comma, tail);
    }

    private void array(int depth) throws ConfigException {
        at++;
        var separated = true;
        for (skip(); peek() != ']'; skip()) {
            if (!separated) {
                throw broken();
            }
            var _ = value(depth + 1);
            skip();
            separated = peek() == ',';
            if (separated) {
                at++;
            }
        }
        at++;
    }

    private String string() throws ConfigException {
        var start = at;
        expect('"');
        while (peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
        try {
            return Json.read(text.substring(start, at)).stringValue();
        } catch (MalformedJsonException e) {
            throw broken();
        }
    }

    private void literal() throws ConfigException {
        var rest = LITERAL.matcher(text).region(at, text.length());
        if (!rest.lookingAt()) {
            throw broken();
        }
        at = rest.end();
    }

    /** White space and comments. */
    private void skip() throws ConfigException {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                var end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw broken();
                }
                at = end + 2;
            } else if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }
}
