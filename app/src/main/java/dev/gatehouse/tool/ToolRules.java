package dev.gatehouse.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator says the tools of an external server do (policy {@code tools} and {@code patterns}, dispatcher.md 6.3).
 *
 * @param effects by exact name
 * @param readPatterns beginnings of names, each followed by {@code *}, that only look (D6.6)
 */
public record ToolRules(Map<String, Effect> effects, List<String> readPatterns) {
    /** Nothing is said, so what the house does not know is nobody's. */
    public static final ToolRules NONE = new ToolRules(Map.of(), List.of());

    private static final Set<String> ACTING = Set.of(
            "move", "set", "exec", "run", "drive", "grip", "home", "jog", "arm", "pick", "place", "start", "stop",
            "clear", "reset", "write", "enable");

    public ToolRules {
        effects = Map.copyOf(effects);
        readPatterns = List.copyOf(readPatterns);
    }

    /** The effect of a tool that the house has no word on; empty means that nobody may call it (threats.md T3.4). */
    public Optional<Effect> effectOf(String name) {
        var said = Optional.ofNullable(effects.get(name));
        return said.isPresent() || !reads(name) ? said : Optional.of(Effect.OBSERVE);
    }

    /** A pattern never matches a name that has a word of action anywhere in it, also inside another word (D6.6). */
    private boolean reads(String name) {
        return ACTING.stream().noneMatch(name.toLowerCase(java.util.Locale.ROOT)::contains)
                && readPatterns.stream()
                        .anyMatch(pattern -> name.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
