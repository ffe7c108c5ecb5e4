package dev.gatehouse.cli;

/**
 * The entrance of the program. A client starts {@code gatehouse mcp} for every conversation, so this one verb is served without
 * loading the library of the command line, which costs as much as all the rest.
 */
public final class Main {
    private Main() {}

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(ManifestServer.asked(args).map(ManifestServer::run).orElseGet(() -> Verbs.run(args)));
    }
}
