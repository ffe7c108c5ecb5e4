package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.server.ToolSurface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Agrees to the tools as they are now (D6.7). */
@Command(
        name = "pin",
        description =
                "Writes the hash of the robot's tools as they are now into the policy. Use it when a server refuses to start"
                        + " because the tools changed, after you have looked at what changed. Nothing else in the file is touched.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ServeVariables.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:pinned",
            "1:the policy or the robot cannot be read, or the file cannot be written",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse policy pin --env-file ./.env --driver sim-arm",
            "  gatehouse policy pin --policy policy.yaml --robot-md ROBOT.md --driver sim-arm"
        })
final class PolicyPin implements Callable<Integer> {
    private static final Pattern LINE = Pattern.compile("(?m)^surface_sha256:.*$");

    @Mixin
    private final RobotOptions robot = new RobotOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.quiet();
        var file = robot.policy();
        try {
            robot.check();
            if (file.isEmpty()) {
                return refuse("name the policy to write to with --policy; gatehouse init makes one");
            }
            var now = ToolSurface.sha256(robot.robotMd(), robot.driver(spec));
            var before = StrictYaml.read(file.get(), Policy::read).surfacePin();
            if (before.equals(Optional.of(now))) {
                say(file.get() + " pins these tools already");
                return 0;
            }
            write(file.get(), now);
            say(file.get() + ": surface_sha256 was " + before.orElse("not set") + ", is " + now);
            say("A server reads it when it starts.");
            return 0;
        } catch (ConfigException | StartFailure e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refuse(file.orElseThrow() + " cannot be written; it is as it was");
        }
    }

    private static void write(Path file, String sha256) throws IOException, ConfigException {
        var text = Files.readString(file);
        var line = "surface_sha256: \"" + sha256 + "\"";
        var edited = LINE.matcher(text).find()
                ? LINE.matcher(text).replaceAll(line)
                : text + (text.endsWith("\n") ? "" : "\n") + line + "\n";
        if (!Policy.read(StrictYaml.read(edited)).surfacePin().equals(Optional.of(sha256))) {
            throw new ConfigException(
                    file + ": surface_sha256 stands where it cannot be edited; write it on a line of its own");
        }
        var attributes =
                Files.getFileAttributeView(file, PosixFileAttributeView.class).readAttributes();
        AtomicFile.write(file, edited.getBytes(StandardCharsets.UTF_8), attributes.permissions());
        // The service reads it through its group, whoever edits it.
        var written = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (!written.readAttributes().group().equals(attributes.group())) {
            written.setGroup(attributes.group());
        }
        if (!written.readAttributes().owner().equals(attributes.owner())) {
            written.setOwner(attributes.owner());
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private int refuse(String message) {
        spec.commandLine().getErr().println("gatehouse policy pin: " + message);
        return 1;
    }
}
