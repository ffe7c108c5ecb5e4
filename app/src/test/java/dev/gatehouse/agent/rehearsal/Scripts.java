package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.config.ConfigException;
import org.jspecify.annotations.NullMarked;

/** Scripts for tests, which are known to be well-formed. */
@NullMarked
final class Scripts {
    private Scripts() {}

    static Script parse(String yaml) {
        try {
            return Script.parse(yaml);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    /** A script of the given turns, each one written as a YAML flow mapping. */
    static Script turns(String... turns) {
        return parse("rehearsal: 1\nname: test\nturns:\n  - " + String.join("\n  - ", turns) + "\n");
    }

    static ScriptLibrary library(String... turns) {
        return ScriptLibrary.builtIn().with(turns(turns));
    }
}
