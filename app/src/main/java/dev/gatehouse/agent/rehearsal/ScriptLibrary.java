package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The scripts a rehearsal chooses from. The first one that fits the goal is used: scripts added by {@link #with} stand before
 * the built-in ones, in the order they were given, and the last built-in one fits every goal.
 */
public final class ScriptLibrary {
    /** Describing comes first, so that a question about picking does not pick. */
    private static final List<String> BUILT_IN = List.of("describe", "pick-and-place", "default");

    private final List<Script> scripts;

    private ScriptLibrary(List<Script> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /** The scripts that come with the program. They answer at once. */
    public static ScriptLibrary builtIn() {
        return new ScriptLibrary(BUILT_IN.stream().map(ScriptLibrary::load).toList());
    }

    /** The scripts that come with the program, answering at a speed people can read. */
    public static ScriptLibrary demo() {
        return new ScriptLibrary(builtIn().scripts.stream()
                .map(script -> script.paced(Pace.DEMO))
                .toList());
    }

    /** A library that tries these scripts before the ones of this library. */
    public ScriptLibrary with(Script... first) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(scripts);
        return new ScriptLibrary(all);
    }

    /** The scripts in the order they are tried. */
    public List<Script> scripts() {
        return scripts;
    }

    Script scriptFor(String goal) {
        return scripts.stream().filter(script -> script.fits(goal)).findFirst().orElseThrow();
    }

    private static Script load(String name) {
        try (var resource = ScriptLibrary.class.getResourceAsStream(name + ".yaml")) {
            if (resource == null) {
                throw new IllegalStateException("built-in script " + name + " is missing");
            }
            return Script.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | ConfigException e) {
            throw new IllegalStateException("built-in script " + name + " cannot be read", e);
        }
    }
}
