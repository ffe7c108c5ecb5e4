package dev.gatehouse.server;

import dev.gatehouse.robot.Escalation;
import java.io.IOException;
import java.util.List;

/** The operator's own way to stop a robot that does not confirm a stop, such as cutting its power (D8.4, policy {@code stop.hook}). */
final class StopHook {
    private static final String NAME = "hook";

    private StopHook() {}

    /** The escalation that runs these words as a program: without a shell, a secret or anything else of our environment. */
    static Escalation running(List<String> words) {
        return new Escalation(NAME, () -> run(words));
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        var program = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        program.environment().clear();
        var process = program.start();
        process.getOutputStream().close();
        var exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("the stop hook ended with exit status " + exit);
        }
    }
}
