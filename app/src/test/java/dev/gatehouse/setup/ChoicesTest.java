package dev.gatehouse.setup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.file.AtomicFiles;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Role;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.setup.SetupRequest.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the choices of a guided setup make of the files (dispatcher.md section 15). */
class ChoicesTest {
    private static final String PIN = "ab".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void simulatedArm() throws Exception {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(Path.of("..", "examples", "sim-arm").resolve(name), directory.resolve(name));
        }
    }

    private SetupResult write(AtomicFiles files, Choices choices, OldConfiguration old, Delivery delivery) {
        var setup = new Setup(new SplittableRandom(7), (robotMd, driver) -> PIN, () -> files);
        var prepared = setup.prepare(new SetupRequest(directory, "gatehouse", true, delivery));
        assertThat(prepared).isInstanceOf(Prepared.class);
        return ((Prepared) prepared).write(choices, old);
    }

    private SetupResult.Done done(Choices choices, OldConfiguration old, Delivery delivery) {
        var result = write(new AtomicFiles(), choices, old, delivery);
        assertThat(result).isInstanceOf(SetupResult.Done.class);
        return (SetupResult.Done) result;
    }

    private SetupResult.Done done(Choices choices, Delivery delivery) {
        return done(choices, OldConfiguration.NONE, delivery);
    }

    private static Choices choices(
            String host, int port, Set<FirstCredential> grants, Tailnet tailnet, Optional<String> name) {
        return new Choices(host, port, grants, tailnet != Tailnet.NONE, tailnet, name);
    }

    private static Choices granting(FirstCredential... grants) {
        return choices("127.0.0.1", 8080, Set.of(grants), Tailnet.NONE, Optional.empty());
    }

    /** The token that was shown for a grant. */
    static String token(Map<FirstCredential, Secret> shown, FirstCredential grant) {
        return requireNonNull(shown.get(grant)).reveal();
    }

    private Principal holder(String token) throws Exception {
        return BearersFile.read(directory.resolve("bearers.yaml"), Clock.systemUTC())
                .authenticate(token)
                .orElseThrow();
    }

    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                contents.put(String.valueOf(file.getFileName()), mode + " " + Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    @DisplayName("15: read and stop-only tokens do what they are called, and no more")
    void grants() throws Exception {
        var shown = done(granting(FirstCredential.values()), Delivery.SHOWN).shown();

        assertThat(shown).containsOnlyKeys(FirstCredential.values());
        var actuate = holder(token(shown, FirstCredential.ACTUATE));
        assertThat(actuate.tier()).isEqualTo(Tier.ACTUATE);
        assertThat(actuate.caller()).isEqualTo("actuate-default");
        var read = holder(token(shown, FirstCredential.READ));
        assertThat(read.tier()).isEqualTo(Tier.READ);
        assertThat(read.caller()).isEqualTo("read-default");
        var stop = holder(token(shown, FirstCredential.STOP));
        assertThat(stop.tier()).isEqualTo(Tier.NONE);
        assertThat(stop.roles()).containsExactly(Role.STOP);
    }

    @Test
    @DisplayName("D15.2: tokens that are written are in files of their own, readable by the owner, and nowhere else")
    void tokenFiles() throws Exception {
        var done = done(granting(FirstCredential.READ, FirstCredential.STOP), Delivery.WRITTEN);

        assertThat(done.shown()).isEmpty();
        assertThat(contents()).containsKeys("read.token", "stop.token").doesNotContainKey("actuate.token");
        for (var name : new String[] {"read.token", "stop.token"}) {
            assertThat(contents().get(name)).startsWith("rw------- ");
            var token = Files.readString(directory.resolve(name)).strip();
            assertThat(contents().values().stream().filter(text -> text.contains(token)))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("15: without any token nobody could call, so nothing is written")
    void noToken() throws Exception {
        var before = contents();

        assertThat(write(new AtomicFiles(), granting(), OldConfiguration.NONE, Delivery.SHOWN))
                .isInstanceOfSatisfying(
                        SetupResult.Refused.class,
                        refused -> assertThat(refused.message()).contains("at least one token"));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    @DisplayName("D15.5: bind and port are in the serve line, the env file and the test script")
    void bindAndPort() throws Exception {
        var done = done(
                choices("::1", 9090, Set.of(FirstCredential.ACTUATE), Tailnet.NONE, Optional.empty()), Delivery.SHOWN);

        assertThat(done.serve()).endsWith("--driver sim-arm --host ::1 --port 9090");
        assertThat(contents().get(".env")).contains("\nROBOT_MD_HOST=::1\nROBOT_MD_PORT=9090\n");
        assertThat(contents().get("dispatch-test.sh")).contains("http://[::1]:9090");
    }

    @Test
    @DisplayName("D15.5: behind a TLS proxy the serve line says that the operator knows it")
    void publicBind() {
        assertThat(done(
                                choices("0.0.0.0", 8080, Set.of(FirstCredential.READ), Tailnet.NONE, Optional.empty()),
                                Delivery.SHOWN)
                        .serve())
                .endsWith("--host 0.0.0.0 --port 8080 --i-understand-public");
    }

    @Test
    @DisplayName("D17.6, D17.7: the command for Tailscale, and the name the server answers to")
    void serve() throws Exception {
        var done = done(
                choices(
                        "127.0.0.1",
                        9090,
                        Set.of(FirstCredential.ACTUATE),
                        Tailnet.SERVE,
                        Optional.of("robot.example.ts.net")),
                Delivery.SHOWN);

        assertThat(done.tailscale()).containsExactly("tailscale serve --bg --https=443 http://127.0.0.1:9090");
        assertThat(done.serve()).endsWith("--allow-host robot.example.ts.net");
        assertThat(contents().get(".env")).contains("\nGATEHOUSE_ALLOW_HOST=robot.example.ts.net\n");
        assertThat(String.join("\n", done.notes())).doesNotContain("WARNING");
    }

    @Test
    @DisplayName("D17.7: Funnel with a token that moves the robot is warned of; one that cannot is not")
    void funnel() {
        var name = Optional.of("robot.example.ts.net");
        var dangerous =
                done(choices("127.0.0.1", 8080, Set.of(FirstCredential.ACTUATE), Tailnet.FUNNEL, name), Delivery.SHOWN);
        assertThat(dangerous.tailscale()).containsExactly("tailscale funnel --bg --https=443 http://127.0.0.1:8080");
        assertThat(String.join("\n", dangerous.notes()))
                .contains("WARNING", "require_deadman", "expir", "stop-only token");

        var harmless =
                done(choices("127.0.0.1", 8080, Set.of(FirstCredential.READ), Tailnet.FUNNEL, name), Delivery.SHOWN);
        assertThat(String.join("\n", harmless.notes())).doesNotContain("WARNING");
    }

    @Test
    @DisplayName("D17.7: whoever does not know the name yet is told what to add")
    void funnelWithoutName() {
        assertThat(done(
                                choices(
                                        "127.0.0.1",
                                        8080,
                                        Set.of(FirstCredential.READ),
                                        Tailnet.SERVE,
                                        Optional.empty()),
                                Delivery.SHOWN)
                        .notes())
                .anyMatch(note -> note.contains("--allow-host NAME"));
    }

    @Test
    @DisplayName("15: the systemd commands carry every setting and no token")
    void systemd() {
        var done = done(
                new Choices("127.0.0.1", 9090, Set.of(FirstCredential.ACTUATE), true, Tailnet.NONE, Optional.empty()),
                Delivery.SHOWN);

        assertThat(String.join("\n", done.systemd()))
                .contains(
                        directory.resolve("bearers.yaml").toString(),
                        "ROBOT_MD_PATH=/etc/gatehouse/ROBOT.md",
                        "ROBOT_MD_PORT=9090",
                        "GATEHOUSE_DRIVER=sim-arm",
                        "sudo systemctl enable --now gatehouse")
                .doesNotContain(token(done.shown(), FirstCredential.ACTUATE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @DisplayName("D15.4: whichever rename fails, --force or not, every file of the earlier run is as it was")
    void failedRename(int failing) throws Exception {
        done(granting(FirstCredential.ACTUATE), Delivery.WRITTEN);
        var before = contents();
        var renames = new AtomicInteger();
        var files = new AtomicFiles((from, to) -> {
            if (renames.getAndIncrement() == failing) {
                throw new IOException("disk on fire");
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        });

        assertThat(write(files, granting(FirstCredential.ACTUATE), OldConfiguration.NONE, Delivery.WRITTEN))
                .isEqualTo(new SetupResult.Refused("Write failed: disk on fire"));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    @DisplayName("D15.6: --import keeps callers and tokens, and only hashes of them")
    void importing() throws Exception {
        var old = Files.createDirectory(directory.resolve("old"));
        var bearers = Files.writeString(old.resolve("bearers.yaml"), """
                - {token: plain-old-token, tier: actuate, caller: "007"}
                - token: 12345678901234567890
                  tier: read
                  caller: tablet
                  limits: {max_turns: 5}
                """);
        Files.setPosixFilePermissions(bearers, PosixFilePermissions.fromString("rw-------"));
        var imported = OldConfiguration.read(
                old,
                Map.of(
                        "ROBOT_MD_PORT", "9191",
                        "ROBOT_MD_LOG_LEVEL", "DEBUG",
                        "ROBOT_MD_MCP_COMMAND", "robot-md-mcp",
                        "ANTHROPIC_API_KEY", "sk-ant-canary"),
                Clock.systemUTC());

        var done = done(imported.choices(), imported, Delivery.SHOWN);

        Files.delete(bearers);
        Files.delete(old);
        assertThat(done.shown()).isEmpty();
        assertThat(holder("plain-old-token").caller()).isEqualTo("007");
        assertThat(holder("plain-old-token").tier()).isEqualTo(Tier.ACTUATE);
        assertThat(holder("12345678901234567890").limits().maxTurns()).contains(5);
        assertThat(contents().values())
                .noneMatch(text -> text.contains("plain-old-token")
                        || text.contains("12345678901234567890")
                        || text.contains("sk-ant-canary"));
        assertThat(contents().get(".env")).contains("ROBOT_MD_PORT=9191\n", "ROBOT_MD_LOG_LEVEL=DEBUG\n");
        assertThat(done.notes())
                .anyMatch(note -> note.contains("ANTHROPIC_API_KEY"))
                .noneMatch(note -> note.contains("ROBOT_MD_MCP_COMMAND"));
        assertThat(StrictYaml.read(directory.resolve("bearers.yaml"), YamlValue::items))
                .hasSize(2);
    }
}
