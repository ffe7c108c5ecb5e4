package dev.gatehouse.bench;

import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.config.ConfigException;

/** What the model says in the measurements. It takes no time to think. */
final class Scripts {
    /** Two model turns and one observing tool call. */
    static final String LOOK = "look around and report";

    /** A model that does not answer for ten minutes. */
    static final String WAIT = "measure the waiting";

    /** A model that asks for the state of the robot, turn after turn. */
    static final String ASK_ON = "measure under work";

    private static final String WAITING = """
            rehearsal: 1
            name: waiting
            match: "^measure the waiting$"
            turns:
              - say: "At last."
                fault: {hang_ms: 600000}
            """;

    private static final String ASKING_ON = """
            rehearsal: 1
            name: asking-on
            match: "^measure under work$"
            turns:
              - say: "And again."
                call: [{tool: status, args: {}}]
                repeat: forever
            """;

    private Scripts() {}

    /** An endpoint in this process. */
    static RehearsalServer endpoint() {
        try {
            var library = ScriptLibrary.builtIn().with(Script.parse(WAITING), Script.parse(ASKING_ON));
            return RehearsalServer.start(library, 0);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
