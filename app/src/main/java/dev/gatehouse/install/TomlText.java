package dev.gatehouse.install;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.install.TomlScanner.Item;
import java.util.ArrayList;
import java.util.List;

/** A client's configuration in TOML that gets a table of its own at the end. */
final class TomlText {
    private static final String CONTAINER = "mcp_servers";

    private TomlText() {}

    /** The table of this entry, as a whole file would hold it. */
    static String alone(ServerEntry entry) {
        return "[" + CONTAINER + "." + entry.name() + "]\ncommand = " + entry.command() + "\nargs = "
                + entry.arguments() + "\n";
    }

    /** Adds the entry to a text, or replaces the table of the same name. */
    static Edit edit(String text, ServerEntry entry) {
        try {
            return edit(text, entry, TomlScanner.scan(text));
        } catch (ConfigException e) {
            return new Edit.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Edit edit(String text, ServerEntry entry, List<Item> items) throws ConfigException {
        var table = List.of(CONTAINER, entry.name());
        for (var item : items) {
            if (isInTheWay(item, table)) {
                return new Edit.Refused("it defines " + CONTAINER + " in a form that a table cannot be added to");
            }
        }
        var own = items.stream().filter(item -> item.table().equals(table)).toList();
        var headers = own.stream().filter(Item::isHeader).count();
        if (headers > 1) {
            return new Edit.Refused("[" + String.join(".", table) + "] is there twice");
        }
        var newline = text.contains("\r\n") ? "\r\n" : "\n";
        var block = alone(entry).stripTrailing().replace("\n", newline);
        return own.isEmpty() ? added(text, entry, block, newline) : replaced(text, entry, block, own);
    }

    /** Whether the servers, or this one, are defined by other means than a header of their own. */
    private static boolean isInTheWay(Item item, List<String> table) {
        var path = item.path();
        if (!path.getFirst().equals(CONTAINER)) {
            return false;
        }
        if (item.isHeader()) {
            return item.repeats()
                    ? path.size() <= 2
                    : path.size() > 2 && path.subList(0, 2).equals(table);
        }
        var outside = item.table().isEmpty();
        var elsewhere = item.table().size() == 1 && path.subList(0, 2).equals(table);
        return outside || elsewhere;
    }

    private static Edit added(String text, ServerEntry entry, String block, String newline) throws ConfigException {
        var gap = text.isBlank() ? "" : text.endsWith("\n") ? newline : newline + newline;
        return checked(text + gap + block + newline, entry, List.of());
    }

    private static Edit replaced(String text, ServerEntry entry, String block, List<Item> own) throws ConfigException {
        var start = own.getFirst().start();
        var end = own.getLast().end();
        if (text.substring(start, end).equals(block)) {
            return new Edit.Same();
        }
        var removed = new ArrayList<String>();
        for (var item : own) {
            var open = item.isHeader()
                    || List.of(List.of("command"), List.of("args")).contains(item.key());
            removed.add(open ? text.substring(item.start(), item.end()) : String.join(".", item.key()) + " = ...");
        }
        return checked(text.substring(0, start) + block + text.substring(end), entry, removed);
    }

    /** A file of somebody else's is not written unless it can be read again with the entry in it. */
    private static Edit checked(String changed, ServerEntry entry, List<String> removed) throws ConfigException {
        var tables = TomlScanner.scan(changed).stream()
                .filter(item -> item.isHeader() && item.table().equals(List.of(CONTAINER, entry.name())))
                .count();
        return tables == 1
                ? new Edit.Changed(changed, removed, alone(entry).lines().toList())
                : new Edit.Refused("there is no safe place for the entry");
    }
}
