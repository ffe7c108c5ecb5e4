package dev.gatehouse.install;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A client's configuration in JSON, with or without comments, that gets an entry by insertion. */
final class JsonText {
    private final String text;
    private final String container;
    private final ServerEntry entry;
    private final Optional<String> type;
    private final String newline;

    private JsonText(String text, String container, ServerEntry entry, Optional<String> type) {
        this.text = text;
        this.container = container;
        this.entry = entry;
        this.type = type;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** A whole file with this entry alone. */
    static String alone(String container, ServerEntry entry, Optional<String> type) {
        var fresh = new JsonText("", container, entry, type);
        return "{\n  " + fresh.containerMember("  ", "  ") + "\n}\n";
    }

    /**
     * Adds the entry to a text, or replaces the one of the same name.
     *
     * @param container the member of the root that holds all servers
     * @param type value of a member {@code type}, where the client wants one
     */
    static Edit edit(String text, String container, ServerEntry entry, Optional<String> type) {
        if (text.isBlank()) {
            var fresh = alone(container, entry, type);
            return new Edit.Changed(fresh, List.of(), fresh.lines().toList());
        }
        try {
            return new JsonText(text, container, entry, type).edit();
        } catch (ConfigException e) {
            return new Edit.Refused(String.valueOf(e.getMessage()));
        }
    }

    private Edit edit() throws ConfigException {
        var root = JsonScanner.scan(text);
        if (!root.isObject()) {
            return new Edit.Refused("it is not a JSON object");
        }
        var unit = unit(root);
        var containers = root.named(container);
        if (containers.isEmpty()) {
            return added(inserted(root, unit, indent -> containerMember(indent, unit)), unit);
        }
        var servers = containers.getFirst().value();
        if (containers.size() > 1 || !servers.isObject()) {
            return new Edit.Refused("\"" + container + "\" is there twice, or is no object");
        }
        var known = servers.named(entry.name());
        return switch (known.size()) {
            case 0 -> added(inserted(servers, unit, indent -> member(indent, unit)), unit);
            case 1 -> replaced(known.getFirst(), unit);
            default -> new Edit.Refused("\"" + entry.name() + "\" is there twice");
        };
    }

    private Edit added(String changed, String unit) throws ConfigException {
        check(changed);
        return new Edit.Changed(changed, List.of(), member("", unit).lines().toList());
    }

    private Edit replaced(JsonSpan.Member old, String unit) throws ConfigException {
        var value = old.value();
        if (same(text.substring(value.start(), value.end()))) {
            return new Edit.Same();
        }
        var changed =
                text.substring(0, value.start()) + value(indentAt(old.start()), unit) + text.substring(value.end());
        check(changed);
        return new Edit.Changed(changed, shown(value), member("", unit).lines().toList());
    }

    /** The entry that goes, without any value that might be private: only what says how its server is started. */
    private List<String> shown(JsonSpan old) {
        var lines = new ArrayList<String>(List.of(ServerEntry.quoted(entry.name()) + ": {"));
        for (var member : old.members()) {
            var open = List.of("type", "command", "args").contains(member.name());
            var value =
                    open ? text.substring(member.value().start(), member.value().end()) : "...";
            lines.add("  " + ServerEntry.quoted(member.name()) + ": " + value);
        }
        lines.add("}");
        return lines;
    }

    private boolean same(String old) {
        try {
            return Json.read(old).equals(Json.read(value("", "")));
        } catch (MalformedJsonException e) {
            // It holds a comment or a trailing comma, so it is not ours.
            return false;
        }
    }

    /** A file of somebody else's is not written unless it can be read again with the entry in it. */
    private void check(String changed) throws ConfigException {
        var servers = JsonScanner.scan(changed).named(container).getFirst().value();
        if (servers.named(entry.name()).size() != 1) {
            throw new ConfigException("there is no safe place for the entry");
        }
    }

    private String inserted(JsonSpan object, String unit, Rendering member) {
        if (object.members().isEmpty()) {
            var indent = indentAt(object.start());
            var inside = text.substring(object.start() + 1, object.end() - 1);
            return text.substring(0, object.start() + 1)
                    + newline
                    + indent
                    + unit
                    + member.at(indent + unit)
                    + (inside.isBlank() ? newline + indent : inside)
                    + text.substring(object.end() - 1);
        }
        var first = object.members().getFirst().start();
        var oneLine = text.substring(object.start(), first).indexOf('\n') < 0;
        var separator = oneLine ? " " : newline + indentAt(first);
        var comma = object.hasTrailingComma() ? "" : ",";
        var place = oneLine ? object.tail() : afterRemark(object.tail());
        var rendered = oneLine
                ? member.at("").lines().map(String::strip).collect(Collectors.joining(" "))
                : member.at(indentAt(first));
        return text.substring(0, object.tail())
                + comma
                + text.substring(object.tail(), place)
                + separator
                + rendered
                + text.substring(place);
    }

    /** Behind a comment that ends the line, which belongs to what stands before it. */
    private int afterRemark(int from) {
        var at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            var closes = text.startsWith("/*", at) ? text.indexOf("*/", at) : -1;
            if (text.startsWith("//", at)) {
                var end = text.indexOf('\n', at);
                return end < 0 ? text.length() : text.charAt(end - 1) == '\r' ? end - 1 : end;
            } else if (closes > 0 && text.substring(at, closes).indexOf('\n') < 0) {
                at = closes + 2;
            } else if (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
                at++;
            } else {
                return from;
            }
        }
        return at;
    }

    private String containerMember(String indent, String unit) {
        return ServerEntry.quoted(container) + ": {" + newline + indent + unit + member(indent + unit, unit) + newline
                + indent + "}";
    }

    private String member(String indent, String unit) {
        return ServerEntry.quoted(entry.name()) + ": " + value(indent, unit);
    }

    private String value(String indent, String unit) {
        var lineStart = newline + indent + unit;
        return "{"
                + type.map(word -> lineStart + "\"type\": " + ServerEntry.quoted(word) + ",")
                        .orElse("")
                + lineStart + "\"command\": " + entry.command() + ","
                + lineStart + "\"args\": " + entry.arguments()
                + newline + indent + "}";
    }

    /** One step of indentation, as the first member of the root has it. */
    private String unit(JsonSpan root) {
        var indent = root.members().isEmpty()
                ? ""
                : indentAt(root.members().getFirst().start());
        return indent.isEmpty() ? "  " : indent;
    }

    /** White space at the start of the line of a character. */
    private String indentAt(int position) {
        var start = text.lastIndexOf('\n', position - 1) + 1;
        var end = start;
        while (end < position && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    @FunctionalInterface
    private interface Rendering {
        String at(String indent);
    }
}
