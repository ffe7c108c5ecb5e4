package dev.gatehouse.cli;

import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows people what waits for them, and takes their decisions (dispatcher.md section 7, D18.5). */
@Command(
        name = "approvals",
        description =
                "Shows what waits for a person to agree, and takes the decision. Needs a token with the role approve.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        synopsisSubcommandLabel = "[list | approve ID | deny ID]",
        subcommands = {ApprovalsCommand.ListThem.class, ApprovalsCommand.Approve.class, ApprovalsCommand.Deny.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:not decided: it is decided already, too old, changed or unknown, or you said no",
            "64:wrong usage",
            "69:no server answers",
            "77:the token is unknown or lacks the right"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse approvals                               what is open now",
            "  gatehouse approvals list --all --json",
            "  gatehouse approvals approve apr-0c1...            shows the exact call and asks",
            "  gatehouse approvals deny apr-0c1... --reason 'somebody stands beside the arm'",
            "  gatehouse approvals approve apr-0c1... --yes --token-file ./anna.token > confirm.token",
            "",
            "If the caller of a direct call waits for you, approve prints a one-time token, and nothing else, on standard",
            "output. Hand it to that caller: it is good for exactly this call, once, for five minutes."
        })
final class ApprovalsCommand extends ApprovalsVerb {
    ApprovalsCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws IOException, InterruptedException, ConfigException {
        return list(server(), false);
    }

    /** The questions, one a line. */
    @Command(
            name = "list",
            description = "Lists open questions.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE,
            footerHeading = "%nExamples:%n",
            footer = {"  gatehouse approvals list", "  gatehouse approvals list --all --json"})
    static final class ListThem extends ApprovalsVerb {
        @Option(names = "--all", description = "Answered ones too, as far as the server remembers them.")
        private boolean all;

        ListThem() {
            super(Terminal.system());
        }

        @Override
        int run() throws IOException, InterruptedException, ConfigException {
            return list(server(), all);
        }
    }

    /** Agrees to one call. */
    @Command(
            name = "approve",
            description = "Agrees to one call, exactly as it is shown.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE,
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse approve apr-0c1...                      shows the exact call and asks",
                "  gatehouse approve apr-0c1... --yes > confirm.token"
            })
    static final class Approve extends Deciding {
        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask: you have seen the call already.")
        private boolean yes;

        Approve() {
            this(Terminal.system());
        }

        Approve(Terminal terminal) {
            super(terminal, "approve");
        }

        @Override
        boolean goAhead() throws ConfigException {
            if (yes) {
                return true;
            }
            var answer = terminal()
                    .ask("Let this happen? [y/N] ")
                    .orElseThrow(() -> new ConfigException("nobody is there to ask; to agree unasked, add --yes"));
            return answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
        }
    }

    /** Refuses one call. */
    @Command(
            name = "deny",
            description = "Refuses one call.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE,
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse deny apr-0c1... --reason 'not while people are in the cell'")
    static final class Deny extends Deciding {
        Deny() {
            super(Terminal.system(), "deny");
        }

        @Override
        boolean goAhead() {
            return true;
        }
    }

    /** What the two decisions have in common: the question is fetched, shown, and answered with the digest of what was shown. */
    abstract static class Deciding extends ApprovalsVerb {
        private final String decision;

        @Parameters(index = "0", paramLabel = "ID", description = "Id of the question, apr-…")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded. At most 500 characters.")
        private String reason = "";

        Deciding(Terminal terminal, String decision) {
            super(terminal);
            this.decision = decision;
        }

        abstract boolean goAhead() throws ConfigException;

        @Override
        int run() throws IOException, InterruptedException, ConfigException {
            if (!id.matches("apr-[0-9a-z]{1,60}")) {
                throw new ParameterException(
                        spec().commandLine(), "ID is apr- and letters and digits, as list shows it");
            }
            var server = server();
            var found = server.get("/v1/approvals/" + id);
            if (!found.ok()) {
                return refused(found);
            }
            show(err(), found.body());
            if (!found.body().path("state").asString("").equals("pending")) {
                return say(1, "this question is " + word(found.body(), "state") + " already");
            }
            if (!goAhead()) {
                return say(1, "not decided; the question stays open");
            }
            return decide(server, found.body().path("arguments"));
        }

        private int decide(ServerConnection server, JsonNode shown) throws IOException, InterruptedException {
            var body = Json.object().put("decision", decision).put("reason", reason);
            // Of what was shown, not what the server says its digest is: the decision is about this and nothing else.
            body.put("arguments_sha256", CanonicalJson.sha256(shown));
            var answer = server.post("/v1/approvals/" + id, body);
            if (!answer.ok()) {
                return refused(answer);
            }
            var token = answer.body().path("confirm_token").asString("");
            if (json()) {
                print(answer.body());
            } else if (!token.isEmpty()) {
                say(0, "approved; this token lets the caller do it, once, within five minutes:");
                out().println(token);
            } else {
                say(0, word(answer.body(), "state").equals("pending") ? "noted; more people have to agree" : "done");
            }
            return 0;
        }
    }
}
