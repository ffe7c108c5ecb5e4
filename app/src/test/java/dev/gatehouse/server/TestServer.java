package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.audit.AuditDisk;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.RobotState;
import dev.gatehouse.robot.sim.SimFaults;
import dev.gatehouse.toolserver.StandInHome;
import dev.gatehouse.web.Listen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * A real server for tests: free ports, a directory of its own, the simulated arm of the examples, every kind of credential,
 * and the rehearsal as default engine. Tests read it from outside; {@link #robot()} and the files show what became of the world.
 */
public final class TestServer implements AutoCloseable {
    private static final Path EXAMPLE = Path.of("..", "examples", "sim-arm");

    private final Path directory;
    private final boolean ownsDirectory;
    private final SimFaults faults;
    private final Server server;

    private TestServer(Path directory, boolean ownsDirectory, SimFaults faults, Server server) {
        this.directory = directory;
        this.ownsDirectory = ownsDirectory;
        this.faults = faults;
        this.server = server;
    }

    public static Builder with() {
        return new Builder();
    }

    /** As a caller of the simulated arm meets it. */
    public static TestServer start() {
        return with().start();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.port();
    }

    public int stopPort() {
        return server.stopPort();
    }

    Caller as(Who who) {
        return Caller.known(url(), who.token());
    }

    /** Has somebody decide a question, by the digest of the arguments that an approver is shown. */
    Answer decide(Caller who, String id, String decision) {
        var shown = as(Who.APPROVER).get("/v1/approvals/" + id).json();
        var body = Json.object()
                .put("decision", decision)
                .put("arguments_sha256", shown.path("arguments_sha256").asString(""));
        return who.post("/v1/approvals/" + id, Json.line(body));
    }

    /** Has the approver agree; returns the token to be carried to the call, empty if a task waits for the answer itself. */
    String agree(String id) {
        return decide(as(Who.APPROVER), id, "approve")
                .json()
                .path("confirm_token")
                .asString("");
    }

    Caller stranger() {
        return Caller.doubtful(url(), Optional.empty());
    }

    Caller withToken(String token) {
        return Caller.doubtful(url(), Optional.of(token));
    }

    Robot robot() {
        return server.robot();
    }

    public RobotState arm() {
        return server.robot().driver().orElseThrow().state();
    }

    SimFaults faults() {
        return faults;
    }

    void reload() {
        server.reload();
    }

    public Path manifest() {
        return directory.resolve("ROBOT.md");
    }

    Path bearers() {
        return directory.resolve("bearers.yaml");
    }

    public Path state() {
        return directory.resolve("state");
    }

    /** Every record of the audit that is on disk, oldest first. */
    List<JsonNode> audit() {
        return audit(state());
    }

    static List<JsonNode> audit(Path state) {
        try (var files = Files.list(state.resolve("audit"))) {
            var records = new ArrayList<JsonNode>();
            for (var file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                for (var line : Files.readAllLines(file)) {
                    records.add(Json.read(line));
                }
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    /** Records of one kind. */
    public List<JsonNode> audit(String event) {
        return audit().stream()
                .filter(r -> r.path("event").asString().equals(event))
                .toList();
    }

    /** The first record of one kind about a task. Records nobody waits for reach the disk after the answer does. */
    JsonNode audited(String event, String task) {
        return await().until(
                        () -> audit(event).stream()
                                .filter(r -> r.path("task").asString().equals(task))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Clears the latch as a person would. */
    public void clear() {
        var latch = as(Who.ADMIN)
                .get("/v1/status")
                .json()
                .path("interlock")
                .path("latch_id")
                .asString("");
        var answer = as(Who.CLEARER)
                .post("/v1/estop/clear", "{\"latch_id\":\"" + latch + "\",\"reason\":\"the test goes on\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Ends the server and leaves its files. */
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        if (ownsDirectory) {
            delete(directory);
        }
    }

    static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a test server is made of. */
    public static final class Builder {
        private final SimFaults faults = new SimFaults();
        private Optional<Path> directory = Optional.empty();
        private Optional<String> policy = Optional.empty();
        private Optional<ScriptLibrary> scripts = Optional.empty();
        private String bearers = Who.file();
        private boolean armed = true;
        private Optional<Consumer<StandInHome>> standIn = Optional.empty();
        private Optional<Path> runtime = Optional.empty();
        private Optional<Path> latch = Optional.empty();
        private AuditDisk disk = AuditDisk.real();
        private UnaryOperator<Driver> around = driver -> driver;
        private String engine = "rehearsal";
        private Set<String> proxies = Set.of();
        private Optional<SSLContext> tls = Optional.empty();
        private URI modelUrl = EngineSettings.PUBLIC_API;

        /** Uses a directory that outlives the server; files that are there already are kept. */
        public Builder in(Path where) {
            directory = Optional.of(where);
            return this;
        }

        public Builder policy(String yaml) {
            policy = Optional.of("version: 1\n" + yaml);
            return this;
        }

        /** Other credentials than one for each right. */
        Builder bearers(String yaml) {
            bearers = yaml;
            return this;
        }

        /** A directory for the Unix socket that is not the server's own. */
        Builder runtime(Path where) {
            runtime = Optional.of(where);
            return this;
        }

        /** A latch that other servers of the robot use as well. */
        Builder latch(Path file) {
            latch = Optional.of(file);
            return this;
        }

        /** No robot at all. */
        public Builder withoutArm() {
            armed = false;
            return this;
        }

        /** A tool server in place of the arm and of the built-in tools; what it is like can be said before it starts. */
        public Builder toolServer(Consumer<StandInHome> like) {
            standIn = Optional.of(like);
            return this;
        }

        /** Scripts that the rehearsal tries before the built-in ones. */
        public Builder scripts(String... yaml) {
            scripts = Optional.of(ScriptLibrary.builtIn()
                    .with(Arrays.stream(yaml).map(Builder::script).toArray(Script[]::new)));
            return this;
        }

        static Script script(String yaml) {
            try {
                return Script.parse(yaml);
            } catch (ConfigException e) {
                throw new AssertionError(e);
            }
        }

        /** Believes a proxy at this address. */
        Builder behind(String proxy) {
            proxies = Set.of(proxy);
            return this;
        }

        /** Speaks TLS, on both doors. */
        Builder tls(SSLContext context) {
            tls = Optional.of(context);
            return this;
        }

        Builder auditDisk(AuditDisk other) {
            disk = other;
            return this;
        }

        /** Serves orders with the embedded engine, from the model at this address. */
        Builder model(String url) {
            engine = "embedded";
            modelUrl = URI.create(url);
            return this;
        }

        public TestServer start() {
            try {
                var home = directory.isPresent() ? directory.get() : Files.createTempDirectory("gatehouse-test");
                files(home, policy);
                Files.writeString(home.resolve("bearers.yaml"), bearers);
                var surroundings = Surroundings.real()
                        .withFaults(faults)
                        .withAuditDisk(disk)
                        .withDriver(around)
                        .withRuntime(runtime.orElse(home.resolve("run")));
                var server = Server.start(
                        config(home), scripts.map(surroundings::withScripts).orElse(surroundings));
                return new TestServer(home, directory.isEmpty(), faults, server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (StartFailure e) {
                throw new AssertionError(e.getMessage(), e);
            }
        }

        /** Puts something around the driver, which must pass on every call. */
        public Builder around(UnaryOperator<Driver> wrapper) {
            around = wrapper;
            return this;
        }

        private ServerConfig config(Path home) {
            return new ServerConfig(
                    new Listen("127.0.0.1", 0, Set.of(), Set.of("https://console.example"), proxies, tls),
                    0,
                    Optional.of(home.resolve("ROBOT.md")),
                    home.resolve("bearers.yaml"),
                    home.resolve("state"),
                    latch,
                    policy.map(text -> home.resolve("policy.yaml")),
                    Optional.empty(),
                    standIn.isPresent()
                            ? toolServer(new StandInHome(home))
                            : armed
                                    ? new ServerConfig.DriverChoice.Simulated(Optional.of(home.resolve("scene.yaml")))
                                    : new ServerConfig.DriverChoice.None(),
                    engine,
                    "claude-sonnet-5-5",
                    modelUrl,
                    standIn.isPresent() ? ServerConfig.Rehearsal.ALLOWED : ServerConfig.Rehearsal.WHEN_HARMLESS);
        }

        private ServerConfig.DriverChoice toolServer(StandInHome program) {
            standIn.orElseThrow().accept(program);
            return new ServerConfig.DriverChoice.ToolServer(
                    program.command().toString(), List.of(), program.environment());
        }

        /** Writes what an operator would have written. */
        static void files(Path home, Optional<String> policy) throws IOException {
            copy(EXAMPLE.resolve("ROBOT.md"), home.resolve("ROBOT.md"));
            copy(EXAMPLE.resolve("scene.yaml"), home.resolve("scene.yaml"));
            if (policy.isPresent()) {
                Files.writeString(home.resolve("policy.yaml"), policy.get());
            }
            var bearers = home.resolve("bearers.yaml");
            Files.writeString(bearers, Who.file());
            Files.setPosixFilePermissions(bearers, PosixFilePermissions.fromString("rw-------"));
        }

        private static void copy(Path from, Path to) throws IOException {
            if (Files.notExists(to)) {
                Files.copy(from, to);
            }
        }
    }
}
