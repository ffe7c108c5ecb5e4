package dev.gatehouse.cli;

import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows how a running server is (dispatcher.md 3.1). */
@Command(
        name = "status",
        description =
                "Shows how a running server is: whether the robot may move, who moves it, manifest, audit, tasks.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the server answered; whatever it said",
            "64:wrong usage",
            "69:no server answers",
            "76:what answers is not Gatehouse",
            "77:the token is unknown"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse status",
            "  gatehouse status --json | jq -e '.interlock.latched | not'      for a script that must know",
            "  gatehouse status --url https://robot.tailnet.ts.net --token-file ./mine.token"
        })
final class StatusCommand extends ServerVerb {
    @Option(names = "--json", description = "Print the server's JSON on standard output and nothing else there.")
    private boolean json;

    StatusCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws IOException, InterruptedException, ConfigException {
        var server = server();
        var answer = server.get("/v1/status");
        if (!answer.ok()) {
            return refused(answer, "what answers there has no status; is it Gatehouse?");
        }
        if (json) {
            print(answer.body());
        } else {
            lines(server, answer.body()).forEach(out()::println);
        }
        return ExitCode.DONE;
    }

    private static List<String> lines(ServerConnection server, JsonNode status) {
        return List.of(
                "server     " + Printable.of(server.name()),
                "robot      " + robot(status.path("interlock")),
                "lease      "
                        + (status.path("lease").isObject()
                                ? "a task moves the robot (generation " + word(status.path("lease"), "generation") + ")"
                                : "free"),
                "manifest   " + manifest(status.path("manifest")),
                "audit      "
                        + (status.path("audit").path("ok").asBoolean(false)
                                ? "writes, " + word(status.path("audit"), "last_seq") + " records"
                                : "CANNOT BE WRITTEN: nothing that moves the robot is begun"),
                "tasks      " + word(status, "open_tasks") + " open");
    }

    private static String robot(JsonNode interlock) {
        if (!interlock.path("latched").asBoolean(true)) {
            return "not stopped";
        }
        return "STOPPED by " + word(interlock, "by") + " since " + word(interlock, "since") + ", latch "
                + word(interlock, "latch_id")
                + (interlock.path("stop").path("acked").asBoolean(true) ? "" : ", NOT CONFIRMED by the robot");
    }

    private static String manifest(JsonNode manifest) {
        if (!manifest.path("valid").asBoolean(false)) {
            return "missing or not valid: the robot does not move";
        }
        return manifest.path("changed").asBoolean(false)
                ? "changed since it was loaded: the robot does not move until the server reloads it"
                : "valid, unchanged";
    }
}
