package dev.gatehouse.torture;

import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import java.nio.file.Path;

/** The server that is killed: a process of its own, all of it real but for the witness at its driver. */
final class Victim {
    static final String READY = "ready on ";

    /** Looks and tells; nothing moves. */
    private static final String LOOK = """
            rehearsal: 1
            name: look
            match: "^look"
            turns: [{call: [{tool: render, args: {}}]}, {say: seen}]
            """;

    /** One motion, over at once. */
    private static final String TAP = """
            rehearsal: 1
            name: tap
            match: "^tap"
            turns: [{call: [{tool: execute_capability, args: {capability: gripper.open}}]}, {say: done}]
            """;

    private Victim() {}

    /** Serves the directory until it is killed, or until its standard input ends. */
    public static void main(String[] args) throws Exception {
        var trace = Path.of(args[1]);
        try (var server = TestServer.with()
                .in(Path.of(args[0]))
                .scripts(LOOK, TAP, Scripts.PONDER)
                .around(driver -> Witness.of(driver, trace))
                .start()) {
            System.out.println(READY + server.url());
            while (System.in.read() >= 0) {
                // Whoever started it still wants it.
            }
        }
        System.exit(0);
    }
}
