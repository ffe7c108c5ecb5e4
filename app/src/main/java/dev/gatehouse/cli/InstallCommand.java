package dev.gatehouse.cli;

import dev.gatehouse.install.Client;
import dev.gatehouse.install.Installation;
import dev.gatehouse.install.Plan;
import dev.gatehouse.install.ServerEntry;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestStart;
import dev.gatehouse.terminal.Printable;
import dev.gatehouse.terminal.Quoting;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Enters {@code gatehouse mcp} for one manifest in the configuration of an MCP client. */
@Command(
        name = "install",
        description =
                "Shows, or writes into an MCP client's configuration, the entry that starts gatehouse mcp for this"
                        + " ROBOT.md. Everything else in the file stays as it is, to the byte.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed, written, or there already",
            "1:nothing was changed: declined, not safe, or ROBOT.md cannot be served",
            "2:wrong usage, or no ROBOT.md anywhere"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse install --client claude           asks, then writes ./.mcp.json",
            "  gatehouse install --client codex --print    only shows what to add",
            "  gatehouse install --client vscode --yes --name arm --path ./ROBOT.md"
        })
final class InstallCommand implements Callable<Integer> {
    private final Optional<Predicate<String>> person;

    @Mixin
    private final ManifestArgument manifest = new ManifestArgument();

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            converter = ClientReader.class,
            description = "claude, claude-desktop, codex, gemini, cursor or vscode. Required.")
    private @Nullable Client client;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "robot",
            description = "Under which the client knows it. Default: ${DEFAULT-VALUE}.")
    private String name = "robot";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The client's configuration. Default: where the client looks; for claude and vscode in the"
                    + " working directory.")
    private @Nullable Path config;

    @Option(
            names = "--print",
            description = "Only show what to add. The default if nobody is at a terminal, unless --yes is given.")
    private boolean print;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask, not even before an entry of this name is replaced.")
    private boolean yes;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    InstallCommand() {
        this(Optional.ofNullable(System.console()).filter(Console::isTerminal).map(InstallCommand::agrees));
    }

    /**
     * With somebody to ask, or nobody.
     *
     * @param person answers a question
     */
    InstallCommand(Optional<Predicate<String>> person) {
        this.person = person;
    }

    @Override
    public Integer call() {
        if (client == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--client=CLIENT'");
        }
        var file = manifest.file();
        return file.isEmpty() ? 1 : install(client, file.get());
    }

    private int install(Client client, ManifestFile robotMd) {
        if (ManifestStart.of(robotMd) instanceof ManifestStart.Failed(var message)) {
            return refuse("this ROBOT.md cannot be served: " + message);
        }
        var program = Optional.ofNullable(System.getProperty("gatehouse.program"))
                .map(started -> tidy(Path.of(started).toAbsolutePath()))
                .filter(Files::isExecutable);
        if (program.isEmpty()) {
            return refuse("where this program is installed is not known; start it by its launcher, gatehouse");
        }
        var entry = new ServerEntry(
                name,
                List.of(program.get().toString(), "mcp", tidy(robotMd.path()).toString()));
        var objection = entry.objection();
        return objection.isPresent() ? refuse(objection.get()) : install(client, entry);
    }

    /** Without dots, unless a link among the directories gives them a meaning. */
    private static Path tidy(Path path) {
        try {
            return Files.isSameFile(path, path.normalize()) ? path.normalize() : path;
        } catch (IOException e) {
            return path;
        }
    }

    private int install(Client client, ServerEntry entry) {
        var target = config == null
                ? client.file(
                        Path.of(System.getProperty("user.home")),
                        Path.of("").toAbsolutePath(),
                        System.getenv(),
                        System.getProperty("os.name"))
                : config.toAbsolutePath();
        if (print || (person.isEmpty() && !yes)) {
            show(client, target, entry);
            return 0;
        }
        var installation = new Installation(client, target, entry);
        return switch (installation.plan()) {
            case Plan.Done() -> {
                say(target + " has this entry already.");
                yield 0;
            }
            case Plan.ByHand(var why) -> {
                show(client, target, entry);
                yield refuse(target + " is left alone: " + why);
            }
            case Plan.Change change -> change(client, installation, change);
        };
    }

    private int change(Client client, Installation installation, Plan.Change change) {
        say(change.file()
                + (change.before().isEmpty() ? " would be made:" : " would be changed, and nothing else in it:"));
        change.removed().forEach(line -> say("- " + Printable.of(line)));
        change.added().forEach(line -> say("+ " + line));
        var question = change.removed().isEmpty() ? "Write it?" : "There is another " + name + ". Replace it?";
        if (!yes && !person.orElse(nobody -> false).test(question)) {
            return refuse("nothing was changed");
        }
        try {
            installation.write(change);
        } catch (IOException e) {
            return refuse(change.file() + " could not be written: " + e.getMessage());
        }
        say("Written. Start " + client.wire() + " anew to use it.");
        return 0;
    }

    private void show(Client client, Path target, ServerEntry entry) {
        say("For " + target + ":");
        say("");
        client.snippet(entry).lines().forEach(this::say);
        if (client == Client.CLAUDE) {
            var words = entry.words().stream().map(Quoting::shell).collect(Collectors.joining(" "));
            say("");
            say("Or let Claude Code add it:");
            say("claude mcp add --scope project " + name + " -- " + words);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("gatehouse install: " + why);
        return 1;
    }

    private static Predicate<String> agrees(Console console) {
        return question -> {
            var answer = console.readLine("%s [y/N] ", question);
            return answer != null && List.of("y", "Y", "yes").contains(answer.strip());
        };
    }

    /** Reads the name of a client as it is written in the help. */
    static final class ClientReader implements ITypeConverter<Client> {
        @Override
        public Client convert(String word) {
            return Arrays.stream(Client.values())
                    .filter(client -> client.wire().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("must be "
                            + Arrays.stream(Client.values()).map(Client::wire).collect(Collectors.joining(", "))));
        }
    }
}
