package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is installed beside the program: the unit, the settings, the pages that tell how. */
class PackagingTest {
    private static final Path PACKAGING = BuiltCheckout.ROOT.resolve("packaging");
    private static final Path UNIT = PACKAGING.resolve("systemd/gatehouse.service");
    private static final Path ETC = PACKAGING.resolve("etc");
    private static final Pattern CALL =
            Pattern.compile("(?:^|[`\\s])gatehouse ([a-z]+)((?: [^`\\n]*)?)", Pattern.MULTILINE);
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]*");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static void assumeInstalled(String program) {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", program)),
                "SKIPPED: " + program + " is not on this machine; Debian: apt install " + program);
    }

    private static List<String> of(String name) throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    @Test
    @DisplayName("D17.1: systemd finds no fault in the unit, and its exposure is 3.5 at most")
    void unitIsSound() throws Exception {
        assumeInstalled("systemd-analyze");
        // The program is not installed on the machine that runs this.
        var unit = Files.writeString(
                directory.resolve("gatehouse.service"),
                Files.readString(UNIT).replace("/opt/gatehouse/bin/gatehouse", "/bin/true"));

        var verified = Ran.of(List.of("systemd-analyze", "verify", "--man=no", unit.toString()), Map.of());
        assertThat(verified).isEqualTo(new Ran(0, "", ""));
        // The threshold counts tenths.
        var exposed = Ran.of(
                List.of("systemd-analyze", "security", "--offline=true", "--threshold=35", unit.toString()), Map.of());
        assertThat(exposed.exit()).as(exposed.out()).isZero();
        var bar = Ran.of(
                List.of("systemd-analyze", "security", "--offline=true", "--threshold=10", unit.toString()), Map.of());
        assertThat(bar.exit()).as("the threshold is looked at").isNotZero();
    }

    @Test
    @DisplayName("D17.1 to D17.3: Java may start, the group is the service's own, HOME can be written")
    void unitLetsTheServerWork() throws IOException {
        assertThat(of("MemoryDenyWriteExecute")).isEmpty();
        assertThat(of("Group")).containsExactly("gatehouse");
        assertThat(of("SupplementaryGroups")).containsExactly("dialout video");
        assertThat(of("Environment")).containsExactly("HOME=/var/lib/gatehouse/home");
        assertThat(of("EnvironmentFile")).containsExactly("/etc/gatehouse/gatehouse.env");
        assertThat(of("RestartPreventExitStatus")).containsExactly("1 2 3");
    }

    @Test
    @DisplayName("17.2: the environment file says nothing this server does not know, and listens on the loopback")
    void environment() throws Exception {
        var variables = EnvFile.read(ETC.resolve("gatehouse.env"));

        assertThat(ServeVariables.unknownIn(variables)).isEmpty();
        assertThat(variables)
                .containsEntry("ROBOT_MD_HOST", "127.0.0.1")
                .containsEntry("GATEHOUSE_DRIVER", "none")
                .containsEntry("ROBOT_MD_PATH", "/etc/gatehouse/ROBOT.md");
    }

    @Test
    @DisplayName("17.2: the installed policy is the built-in one")
    void policy() throws ConfigException {
        var installed = StrictYaml.read(ETC.resolve("policy.yaml"), Policy::read);

        assertThat(installed)
                .usingRecursiveComparison()
                .ignoringFields("sha256")
                .isEqualTo(Policy.builtIn());
    }

    @Test
    @DisplayName("D2.6: the installed credentials are nobody's, and no server starts on them")
    void bearers() throws IOException {
        var file = Files.copy(ETC.resolve("bearers.yaml"), directory.resolve("bearers.yaml"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> BearersFile.read(file, Clock.systemUTC())).isInstanceOf(ConfigException.class);
    }

    @Test
    @DisplayName("every shell script passes shellcheck")
    void shellcheck() throws Exception {
        assumeInstalled("shellcheck");
        var words = new ArrayList<>(List.of("shellcheck", "--external-sources", "--source-path=" + BuiltCheckout.ROOT));
        words.add(BuiltCheckout.ROOT.resolve("gatehouse").toString());
        try (var files = Files.walk(PACKAGING)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.readString(file).matches("(?s)(#!/bin/|# shellcheck shell=).*")) {
                    words.add(file.toString());
                }
            }
        }
        assertThat(words).hasSizeGreaterThan(10);
        assertThat(Ran.of(words, Map.of())).isEqualTo(new Ran(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/install.md", "docs/tailscale.md", "docs/risks.md", "packaging/etc/gatehouse.env"})
    @DisplayName("17: every command a page names exists, with its flags, and so does every file of ours")
    void pages(String page) throws IOException {
        var text = Files.readString(BuiltCheckout.ROOT.resolve(page));
        var calls = CALL.matcher(text);
        while (calls.find()) {
            if (!List.of("serve", "doctor", "validate", "help", "init").contains(calls.group(1))) {
                continue;
            }
            var help = CliRun.of("help", calls.group(1).equals("help") ? "serve" : calls.group(1));
            assertThat(help.exit()).as(calls.group()).isZero();
            FLAG.matcher(calls.group(2))
                    .results()
                    .forEach(flag -> assertThat(help.out()).contains(flag.group()));
        }
        Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(text)
                .results()
                .forEach(link -> assertThat(BuiltCheckout.ROOT.resolve(page).resolveSibling(link.group(1)))
                        .exists());
        Pattern.compile("`(?:sudo )?make ([a-z-]+)`")
                .matcher(text)
                .results()
                .forEach(target -> assertThat(makefile()).contains("\n" + target.group(1) + ":"));
        Pattern.compile("/opt/gatehouse/((?:docs|packaging)/[\\w./-]+)")
                .matcher(text)
                .results()
                .forEach(file ->
                        assertThat(BuiltCheckout.ROOT.resolve(file.group(1))).exists());
    }

    @Test
    @DisplayName("D17.6: the commands for Tailscale are those its clients accept, and the name is added")
    void tailscale() throws IOException {
        assertThat(Files.readString(BuiltCheckout.ROOT.resolve("docs/tailscale.md")))
                .contains("tailscale serve --bg --https=443 http://127.0.0.1:8080")
                .contains("tailscale funnel --bg --https=443 http://127.0.0.1:8080")
                .contains("--allow-host", "require_deadman", "They never replace a bearer token.");
    }

    private static String makefile() {
        try {
            return Files.readString(BuiltCheckout.ROOT.resolve("Makefile"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
