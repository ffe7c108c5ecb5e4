package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.audit.FaultyDisk;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.robot.StoredLatch;
import dev.gatehouse.robot.sim.SimBench;
import dev.gatehouse.robot.sim.SimFaults;
import dev.gatehouse.robotmd.ManifestTools;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.RobotTools;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gate with everything real around it: rules, tools, interlock, audit on disk, the example's manifest. Only the motions of
 * the arm are recorded instead of made.
 */
public final class GateBench implements AutoCloseable {
    static final String READER = "reader-token-0000000000000000";
    static final String MOVER = "mover-token-00000000000000000";
    static final String APPROVER = "approver-token-00000000000000";
    static final String SECOND = "second-token-0000000000000000";
    static final String BUTTON = "button-token-0000000000000000";
    /** May move and approve. */
    static final String BOSS = "boss-token-000000000000000000";

    /** May clear the stop, and nothing else. */
    static final String CLEARER = "clearer-token-0000000000000000";

    private static final String BEARERS = """
            - {caller: reader, token: %s, tier: read}
            - {caller: mover, token: %s, tier: actuate, expires: "2027-01-01T00:00:00Z"}
            - {caller: anna, token: %s, tier: read, roles: [approve]}
            - {caller: bert, token: %s, tier: read, roles: [approve]}
            - {caller: button, token: %s, tier: none}
            - {caller: boss, token: %s, tier: actuate, roles: [approve], expires: "2027-01-01T00:00:00Z"}
            - {caller: carla, token: %s, tier: none, roles: [clear]}
            """.formatted(READER, MOVER, APPROVER, SECOND, BUTTON, BOSS, CLEARER);

    public final RecordingDriver driver;
    public final Robot robot;
    /** What the operator allows; a test may change its mind. */
    public volatile Policy policy;

    public final PinnedManifest manifest;
    public final Credentials credentials;
    public final Confirmations confirmations;
    public final Approvals approvals;
    public final ActuateLease lease = new ActuateLease(0, Ticker.system());
    public final AuditLog audit;
    public final Redactor redactor;
    public final HandClock clock = new HandClock();
    public final Ids ids = new Ids();
    private final SecureRandom random = new SecureRandom();
    public final Gate gate;
    final Ticker ticker;
    final FaultyDisk disk = new FaultyDisk();
    final Path robotMd;
    final WholeFileBook skills;
    /** Stays known when the credential has expired. */
    final String idOfMover;

    /** How the bench is set up. */
    public record Setup(
            Ticker ticker, UnaryOperator<String> manifest, String policy, boolean withDriver, Planner planner) {
        /** The example as it is. */
        public static Setup standard() {
            return new Setup(Ticker.system(), UnaryOperator.identity(), "version: 1", true, Planner.none());
        }

        Setup with(UnaryOperator<String> edit) {
            return new Setup(ticker, text -> edit.apply(manifest.apply(text)), policy, withDriver, planner);
        }

        /** The same on another clock. */
        public Setup at(Ticker other) {
            return new Setup(other, manifest, policy, withDriver, planner);
        }

        /** The same under another policy. */
        public Setup under(String other) {
            return new Setup(ticker, manifest, other, withDriver, planner);
        }

        Setup bodiless() {
            return new Setup(ticker, manifest, policy, false, planner);
        }

        Setup planning(Planner other) {
            return new Setup(ticker, manifest, policy, withDriver, other);
        }

        /** Every motion needs a person. */
        public Setup everythingAsked() {
            return with(text -> text.replace("require_auth: false", "require_auth: true"));
        }
    }

    public GateBench(Path directory) {
        this(directory, Setup.standard());
    }

    public GateBench(Path directory, Setup setup) {
        try {
            ticker = setup.ticker();
            robotMd = directory.resolve("ROBOT.md");
            var example = Path.of("..", "examples", "sim-arm");
            Files.writeString(robotMd, setup.manifest().apply(Files.readString(example.resolve("ROBOT.md"))));
            skills = new WholeFileBook(robotMd);
            var file = new ManifestFile(robotMd, Ticker.system());
            policy = Policy.read(StrictYaml.read(setup.policy()));
            credentials = BearersFile.parse(StrictYaml.read(BEARERS), robotMd, clock);
            idOfMover = who(MOVER).credentialId();
            confirmations = new Confirmations(random, ticker);
            redactor = new Redactor(sha256 -> credentials.knows(sha256) || confirmations.knows(sha256));
            var scene = Files.readString(example.resolve("scene.yaml"));
            // The arm is built as the example declares it, whatever the manifest of this test says.
            var declared = (Manifest) new ManifestFile(example.resolve("ROBOT.md"), Ticker.system()).read();
            driver = new RecordingDriver(SimBench.open(declared, scene, new SimFaults(), Ticker.system(), clock));
            var interlock =
                    Interlock.open(new LatchInMemory(), driver, Ticker.system(), clock, ids, StopSettings::standard);
            robot = setup.withDriver() ? Robot.with(driver, interlock) : Robot.without(interlock);
            manifest = new PinnedManifest(file);
            approvals = new Approvals(
                    () -> policy, confirmations, () -> manifest.now().sha256(), ids, clock, ticker);
            audit = AuditLog.open(AuditSettings.of(directory.resolve("audit"), "b-test")
                    .withDisk(disk)
                    .withRedaction(redactor::clean));
            var served = new Served(file, new RobotName("bench-arm"), new Mode.ManifestOnly());
            var tools = new ArrayList<Tool>(new ManifestTools(served).tools());
            tools.addAll(new RobotTools(
                            file, robot, new LatchClearing(interlock, audit)::clear, skills, setup.planner(), ticker)
                    .tools());
            gate = new Gate(
                    new Toolbox(tools),
                    credentials,
                    () -> policy,
                    manifest,
                    robot,
                    lease,
                    approvals,
                    audit,
                    redactor,
                    ticker);
        } catch (IOException | ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    public Principal reader() {
        return who(READER);
    }

    public Principal mover() {
        return who(MOVER);
    }

    public Principal approver() {
        return who(APPROVER);
    }

    final Principal who(String token) {
        return credentials.authenticate(token).orElseThrow();
    }

    /** A call of {@code execute_capability}. */
    public ToolCall run(String capability, ObjectNode args) {
        var arguments = Json.object().put("capability", capability);
        arguments.set("args", args);
        return call("execute_capability", arguments);
    }

    /** A motion that nothing objects to. */
    public ToolCall pick() {
        return run("arm.pick", Json.object().put("target", "red_cube"));
    }

    public ToolCall call(String tool, ObjectNode arguments) {
        return new ToolCall(ids.mint(Ids.Kind.CALL), tool, arguments);
    }

    /** Records of the audit with this event, once all notes of it are on disk. */
    public List<JsonNode> records(String event) {
        try {
            // Notes are written in order: what was noted before this record is durable with it.
            audit.write(dev.gatehouse.audit.AuditEntry.of(dev.gatehouse.audit.AuditEvent.START));
            var all = new ArrayList<JsonNode>();
            for (var page = audit.read(0, 1000); !page.isEmpty(); ) {
                all.addAll(page);
                page = audit.read(page.getLast().path("seq").longValue(), 1000);
            }
            all.removeIf(record -> !record.path("event").asString("").equals(event));
            return all;
        } catch (IOException | dev.gatehouse.audit.AuditUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Code of the refusal, {@code ask}, or {@code allow}. */
    static String code(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow() -> "allow";
            case Verdict.Ask ask -> "ask";
            case Verdict.Deny deny -> deny.code();
        };
    }

    /** The reason in a refusal's result, or empty. */
    static Optional<String> reason(dev.gatehouse.tool.ToolResult result) {
        return result.structured().map(body -> body.path("error").path("reason").asString(""));
    }

    @Override
    public void close() {
        robot.close();
        driver.close();
        try {
            audit.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The latch's own tests are about disks; here it only has to be quick. */
    private static final class LatchInMemory implements LatchStore {
        private volatile StoredLatch content = new StoredLatch.Open(Optional.empty());

        @Override
        public StoredLatch read() {
            return content;
        }

        @Override
        public void write(StoredLatch.Latched latch) {
            content = latch;
        }

        @Override
        public void write(StoredLatch.Open open) {
            content = open;
        }
    }
}
