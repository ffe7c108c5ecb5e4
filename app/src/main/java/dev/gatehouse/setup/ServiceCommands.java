package dev.gatehouse.setup;

import dev.gatehouse.terminal.Quoting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands for an administrator to copy; a setup runs none of them. */
final class ServiceCommands {
    private static final Path SYSTEM = Path.of("/etc/gatehouse");

    private ServiceCommands() {}

    /** Puts a copy of the configuration where the unit reads it, and starts the service (dispatcher.md 17.1). */
    static List<String> systemd(Path directory, String driver, Choices choices, String logLevel) {
        var files = Stream.of("ROBOT.md", "scene.yaml", Setup.BEARERS, Setup.POLICY)
                .map(directory::resolve)
                .filter(file -> !file.endsWith("scene.yaml") || Files.isRegularFile(file))
                .map(file -> Quoting.shell(file.toString()))
                .collect(Collectors.joining(" "));
        var settings = (Contents.environment(
                                SYSTEM.resolve("ROBOT.md"),
                                SYSTEM.resolve(Setup.BEARERS),
                                SYSTEM.resolve(Setup.POLICY),
                                choices,
                                logLevel)
                        + "GATEHOUSE_DRIVER=" + driver)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Quoting::shell)
                .collect(Collectors.joining(" "));
        return List.of(
                "sudo packaging/install.sh    # once, where Gatehouse was unpacked: the program, its user and its unit",
                "sudo install -m 0640 -o root -g gatehouse -t " + SYSTEM + " " + files,
                "printf '%s\\n' " + settings + " | sudo tee " + SYSTEM + "/gatehouse.env",
                "sudo systemctl enable --now gatehouse");
    }

    /** Lets Tailscale carry calls to the server (D17.6). */
    static List<String> tailscale(Choices choices) {
        return choices.tailnet() == Tailnet.NONE
                ? List.of()
                : List.of("tailscale " + choices.tailnet().word() + " --bg --https=443 http://127.0.0.1:"
                        + choices.port());
    }

    /** What somebody who opens the robot to others should know (D17.7). */
    static List<String> warnings(Choices choices, boolean actuates) {
        var warnings = new ArrayList<String>();
        if (choices.tailnet() != Tailnet.NONE && choices.tailnetName().isEmpty()) {
            warnings.add(
                    "Add --allow-host NAME to the serve line, with the name of this machine that tailscale status shows;"
                            + " calls under a name the server does not know are refused.");
        }
        if (choices.tailnet() == Tailnet.FUNNEL && actuates) {
            warnings.add(
                    "WARNING: with Funnel anybody on the internet can present a token, and one of yours moves the robot."
                            + " Let actuate orders need a dead-man lease (require_deadman in policy.yaml), give that token an expiry"
                            + " (expires in bearers.yaml), and keep a stop-only token within reach.");
        }
        return warnings;
    }
}
