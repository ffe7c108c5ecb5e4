package dev.gatehouse.server;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Confirmations;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Role;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.gate.Verdict;
import dev.gatehouse.id.Ids;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.robotmd.SkillBook;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The gate as a server would have it, which serves nobody and acts on nothing: it only says what it would decide. Its state is its own
 * and gone afterwards, so nothing is latched and nobody else moves the robot.
 */
public final class GateTrial implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GateTrial.class);

    /** The hash of no token anybody has; the gate wants to know that its caller's credential is in force. */
    private static final String ONE_CREDENTIAL =
            "[{caller: trial, tier: none, token_sha256: " + "\"" + "0".repeat(63) + "1\"}]";

    private final Gate gate;
    private final Credentials credentials;
    private final Toolbox tools;
    private final Robot robot;
    private final Deque<AutoCloseable> closing;

    private GateTrial(Gate gate, Credentials credentials, Toolbox tools, Robot robot, Deque<AutoCloseable> closing) {
        this.gate = gate;
        this.credentials = credentials;
        this.tools = tools;
        this.robot = robot;
        this.closing = closing;
    }

    /**
     * Opens the robot as a server would.
     *
     * @param policy empty for the built-in one
     * @throws StartFailure if a server could not open it either
     * @throws ConfigException if the policy is wrong
     */
    public static GateTrial open(Path robotMd, ServerConfig.DriverChoice driver, Optional<Path> policy)
            throws StartFailure, ConfigException {
        var closing = new ArrayDeque<AutoCloseable>();
        var opened = false;
        try {
            var trial = open(robotMd, driver, policy, closing);
            opened = true;
            return trial;
        } catch (IOException e) {
            throw new StartFailure(StartFailure.Kind.CONFIGURATION, "no temporary directory can be used");
        } finally {
            if (!opened) {
                closeAll(closing);
            }
        }
    }

    private static GateTrial open(
            Path robotMd, ServerConfig.DriverChoice driver, Optional<Path> policyFile, Deque<AutoCloseable> closing)
            throws StartFailure, ConfigException, IOException {
        var policy = new PolicyFile(policyFile);
        var clock = Clock.systemUTC();
        var ticker = Ticker.system();
        var ids = new Ids();
        var state = Files.createTempDirectory("gatehouse-trial");
        closing.push(() -> delete(state));
        var file = new ManifestFile(robotMd, ticker);
        var body = Body.open(
                driver, file, state.resolve(StateDirectory.LATCH), policy, Surroundings.real(), ids, clock, ticker);
        closing.push(body);
        var robot = body.robot();
        var audit = AuditLog.open(AuditSettings.of(state.resolve(StateDirectory.AUDIT), ids.mint(Ids.Kind.BOOT)));
        closing.push(audit);
        var bearers = state.resolve("bearers.yaml");
        AtomicFile.write(bearers, ONE_CREDENTIAL.getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
        var credentials = BearersFile.read(bearers, clock);
        var manifest = new PinnedManifest(file);
        var confirmations = new Confirmations(new SecureRandom(), ticker);
        var tools = Assembly.toolbox(
                Assembly.served(file, body, manifest, List::of),
                body,
                policy.get().toolRules(),
                (latchId, caller) -> new ClearOutcome.NotLatched(),
                SkillBook.closed(),
                Planner.none());
        var gate = new Gate(
                tools,
                credentials,
                policy,
                manifest,
                robot,
                new ActuateLease(audit.lastSeq(), ticker),
                new Approvals(policy, confirmations, () -> manifest.now().sha256(), ids, clock, ticker),
                audit,
                new Redactor(credentials::knows),
                ticker);
        return new GateTrial(gate, credentials, tools, robot, closing);
    }

    /** What the gate would say to a direct call of somebody with these rights. */
    public Verdict judge(Tier tier, Set<Role> roles, String tool, ObjectNode arguments) {
        var who = new Principal(credentials.anyId(), "trial", tier, roles, CallerLimits.NONE, Surface.CLI);
        return gate.judge(who, Optional.empty(), new ToolCall("cal-trial", tool, arguments));
    }

    /** The tools a server would offer. */
    public Toolbox tools() {
        return tools;
    }

    /** Names of what the robot can do, as its driver says. */
    public List<String> capabilities() {
        return robot.capabilities().stream().map(Capability::name).toList();
    }

    @Override
    public void close() {
        closeAll(closing);
    }

    private static void closeAll(Deque<AutoCloseable> closing) {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of a trial could not be closed", e);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
