package dev.gatehouse.agent.rehearsal;

/** The text is not a rehearsal script. The message names the line, the place in the script and what is wrong with it. */
public final class MalformedScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedScriptException(int line, String problem) {
        super("line " + line + ": " + problem);
    }
}
