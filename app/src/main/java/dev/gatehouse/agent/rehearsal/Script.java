package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.config.ConfigException;
import java.util.List;
import java.util.regex.Pattern;

/** What the endpoint says and calls, turn by turn, in answer to goals that match a pattern (engines.md section 6). */
public final class Script {
    private final String name;
    private final Pattern match;
    private final List<Turn> turns;

    Script(String name, Pattern match, List<Turn> turns) {
        this.name = name;
        this.match = match;
        this.turns = List.copyOf(turns);
    }

    /**
     * Reads a script from YAML 1.2. Nothing is guessed: an unknown member, a wrong type, a value out of range, an alias or an
     * unknown template is an error.
     *
     * @param yaml the script, at most 256 KiB
     * @throws ConfigException if the text is not a script; the message names the line
     */
    public static Script parse(String yaml) throws ConfigException {
        return ScriptReader.read(yaml);
    }

    /** The name the script gives itself. */
    public String name() {
        return name;
    }

    boolean fits(String goal) {
        return match.matcher(goal).find();
    }

    List<Turn> turns() {
        return turns;
    }

    /** The same script, where every turn without a pace of its own gets this one. */
    Script paced(Pace pace) {
        return new Script(
                name, match, turns.stream().map(turn -> turn.paced(pace)).toList());
    }
}
