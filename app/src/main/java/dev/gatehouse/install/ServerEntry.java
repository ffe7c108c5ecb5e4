package dev.gatehouse.install;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a client starts the server.
 *
 * @param name under which the client knows it
 * @param words program and arguments; paths are absolute, because clients start servers anywhere
 */
public record ServerEntry(String name, List<String> words) {
    /** No underscore: one client takes a tool name apart at the first one (docs/tools/mcp-server.md of google-gemini/gemini-cli). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    public ServerEntry {
        words = List.copyOf(words);
    }

    /** Why this entry cannot be handed to a client; empty if it can. */
    public Optional<String> objection() {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("a name has up to 64 of A-Z a-z 0-9 - and does not begin with -");
        }
        if (words.stream()
                .anyMatch(word -> word.indexOf('$') >= 0 || word.chars().anyMatch(Character::isISOControl))) {
            return Optional.of("a path holds $ or a control character, which clients may expand or break; rename it");
        }
        return Optional.empty();
    }

    String command() {
        return quoted(words.getFirst());
    }

    /** The arguments as a list, which is the same text in JSON and in TOML. */
    String arguments() {
        return words.stream().skip(1).map(ServerEntry::quoted).toList().toString();
    }

    /** As a string of JSON, and for want of control characters of TOML too. */
    static String quoted(String word) {
        return Json.line(Json.tree(word));
    }
}
