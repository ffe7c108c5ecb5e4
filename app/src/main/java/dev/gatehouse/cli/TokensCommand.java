package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.BearersFile.Listed;
import dev.gatehouse.gate.Role;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.json.Json;
import dev.gatehouse.setup.Grant;
import dev.gatehouse.setup.TokenRegister;
import dev.gatehouse.time.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Keeps the credentials of callers (D15.7). */
@Command(
        name = "tokens",
        description = "Shows, adds, rotates and revokes the credentials in a bearers file. Comments and whatever else"
                + " stands in it stay as they are.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[list | add | rotate | revoke | migrate]",
        subcommands = {
            TokensCommand.ListThem.class,
            TokensCommand.Add.class,
            TokensCommand.Rotate.class,
            TokensCommand.Revoke.class,
            TokensCommand.Migrate.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:not done, and nothing was changed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse tokens list",
            "  gatehouse tokens add cron-nightly --tier actuate",
            "  gatehouse tokens add supervisor --tier none --role approve --role clear --no-token-stdout",
            "  gatehouse tokens rotate cron-nightly --overlap 24h",
            "  gatehouse tokens revoke kitchen-tablet",
            "  gatehouse tokens migrate                        hashes in place of plain tokens",
            "",
            "A running server takes a change within two seconds and records it in its audit."
        })
final class TokensCommand extends TokensVerb {
    private static final Pattern CALLER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smhd]?)");

    @Override
    void run(TokenRegister register) throws ConfigException {
        register.list().forEach(entry -> out().println(line(entry)));
    }

    private static String line(Listed entry) {
        return String.join(
                "  ",
                entry.credentialId(),
                entry.caller(),
                entry.tier().wire(),
                roles(entry),
                entry.expires().map(until -> "until " + Rfc3339.format(until)).orElse("for good"),
                entry.plain() ? "PLAIN TOKEN: run gatehouse tokens migrate" : "hashed");
    }

    private static String roles(Listed entry) {
        return entry.roles().stream().map(Role::wire).sorted().collect(Collectors.joining(","));
    }

    /** The credentials, one a line. */
    @Command(
            name = "list",
            description = "Lists credentials: id, caller, tier, roles, end, and how the secret is kept.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  gatehouse tokens list", "  gatehouse tokens list --json --bearers /etc/gatehouse/bearers.yaml"
            })
    static final class ListThem extends TokensVerb {
        @Option(names = "--json", description = "Print one JSON array and nothing else.")
        private boolean json;

        @Override
        void run(TokenRegister register) throws ConfigException {
            var list = Json.array();
            for (var entry : register.list()) {
                var out = list.addObject()
                        .put("credential", entry.credentialId())
                        .put("caller", entry.caller())
                        .put("tier", entry.tier().wire())
                        .put("expires", entry.expires().map(Rfc3339::format).orElse(null))
                        .put("plain", entry.plain());
                out.set("roles", Json.tree(List.of(roles(entry).split(","))));
                if (!json) {
                    out().println(line(entry));
                }
            }
            if (json) {
                out().println(Json.line(list));
            }
        }
    }

    /** A new credential. */
    @Command(
            name = "add",
            description = "Adds a credential and prints its token, and nothing else, on standard output.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse tokens add cron-nightly --tier actuate",
                "  gatehouse tokens add wall-button --tier none           may stop, and nothing else",
                "  gatehouse tokens add guest --tier read --expires 2027-01-01T00:00:00Z --token-out guest.token"
            })
    static final class Add extends Minting {
        @Parameters(index = "0", paramLabel = "CALLER", description = "Name, 1 to 64 of A-Z a-z 0-9 . _ @ -")
        private String caller = "";

        @Option(names = "--tier", required = true, paramLabel = "TIER", description = "none, read or actuate.")
        private Tier tier = Tier.NONE;

        @Option(names = "--role", paramLabel = "ROLE", description = "stop, approve, clear or admin; may be repeated.")
        private Set<Role> roles = Set.of();

        @Option(names = "--expires", paramLabel = "TIME", description = "End, for example 2027-01-01T00:00:00Z.")
        private @Nullable String expires;

        @Override
        void run(TokenRegister register) throws ConfigException {
            if (!CALLER.matcher(caller).matches()) {
                throw new ParameterException(
                        spec().commandLine(), "CALLER must be 1 to 64 characters of A-Z a-z 0-9 . _ @ -");
            }
            var delivery = delivery(caller);
            var token = register.add(new Grant(caller, tier, roles, expires()), delivery);
            hand(token, delivery, caller + " added");
        }

        private Optional<Instant> expires() {
            try {
                return Optional.ofNullable(expires).map(Instant::parse);
            } catch (DateTimeParseException e) {
                throw new ParameterException(
                        spec().commandLine(), "--expires must be a time such as 2027-01-01T00:00:00Z", e);
            }
        }
    }

    /** Another token for a credential. */
    @Command(
            name = "rotate",
            description = "Gives a credential another token, printed on standard output. The old one ends at once, or"
                    + " after --overlap.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse tokens rotate cron-nightly",
                "  gatehouse tokens rotate cron-nightly --overlap 24h",
                "  gatehouse tokens rotate crd-9f86d081884c7d659a2feaa0c5 --no-token-stdout"
            })
    static final class Rotate extends Minting {
        @Parameters(index = "0", paramLabel = "CALLER", description = "A caller, or the id of a credential.")
        private String who = "";

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                defaultValue = "0",
                description = "How long the old token stays good: 30s, 10m, 24h, 7d. Default: ${DEFAULT-VALUE}.")
        private String overlap = "0";

        @Override
        void run(TokenRegister register) throws ConfigException {
            var span = SPAN.matcher(overlap);
            if (!span.matches()) {
                throw new ParameterException(
                        spec().commandLine(), "--overlap must be a time such as 30s, 10m, 24h, 7d");
            }
            var count = Long.parseLong(span.group(1));
            var time = switch (span.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofSeconds(count);
            };
            var delivery = delivery(who);
            hand(register.rotate(who, time, delivery), delivery, who + " has another token");
        }
    }

    /** The end of a credential. */
    @Command(
            name = "revoke",
            description = "Removes a credential. A running server refuses it at once, stops what it has moving, and"
                    + " ends its streams.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse tokens revoke kitchen-tablet",
                "  gatehouse tokens revoke crd-9f86d081884c7d659a2feaa0c5"
            })
    static final class Revoke extends TokensVerb {
        @Parameters(index = "0", paramLabel = "CALLER", description = "A caller, or the id of a credential.")
        private String who = "";

        @Override
        void run(TokenRegister register) throws ConfigException {
            register.revoke(who);
            say(who + " revoked; a running server takes it within two seconds");
        }
    }

    /** Hashes in place of plain tokens. */
    @Command(
            name = "migrate",
            description = "Puts the SHA-256 of every plain token in its place. The tokens stay good.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse tokens migrate --bearers /etc/robot-md/bearers.yaml")
    static final class Migrate extends TokensVerb {
        @Override
        void run(TokenRegister register) throws ConfigException {
            var plain = register.migrate();
            say(plain == 0 ? "every token is hashed already" : plain + " plain tokens replaced by their hashes");
        }
    }
}
