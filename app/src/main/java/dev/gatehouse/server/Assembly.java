package dev.gatehouse.server;

import dev.gatehouse.agent.AgentExecutor;
import dev.gatehouse.agent.AgentSettings;
import dev.gatehouse.agent.CallExecutor;
import dev.gatehouse.agent.DailyLedger;
import dev.gatehouse.agent.Money;
import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.dispatch.AdmissionRules;
import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.Restart;
import dev.gatehouse.dispatch.Retention;
import dev.gatehouse.dispatch.TaskKind;
import dev.gatehouse.dispatch.TaskStore;
import dev.gatehouse.file.FileIdentity;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.BearersWatch;
import dev.gatehouse.gate.Confirmations;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Declared;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.LatchClearing;
import dev.gatehouse.gate.LocalOperators;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestWriter;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.mcp.McpTasks;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.robot.LatchWatch;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopReport;
import dev.gatehouse.robotmd.Clearing;
import dev.gatehouse.robotmd.ManifestBook;
import dev.gatehouse.robotmd.ManifestTools;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.RobotOffer;
import dev.gatehouse.robotmd.RobotTools;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.robotmd.SkillBook;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolRules;
import dev.gatehouse.tool.Toolbox;
import dev.gatehouse.toolserver.ForwardedTools;
import dev.gatehouse.toolserver.ToolServer;
import dev.gatehouse.web.HttpServer;
import dev.gatehouse.web.Services;
import dev.gatehouse.web.StopListener;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts one server together, bottom to top; what was opened is pushed, so that it can be closed in reverse. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

    private static final String LOCAL_SOCKET = "gatehouse.sock";

    private final ServerConfig config;
    private final Surroundings surroundings;
    private final Deque<AutoCloseable> closing;
    private final Ids ids = new Ids();
    private final Clock clock = Clock.systemUTC();
    private final Ticker ticker = Ticker.system();

    Assembly(ServerConfig config, Surroundings surroundings, Deque<AutoCloseable> closing) {
        this.config = config;
        this.surroundings = surroundings;
        this.closing = closing;
    }

    Server assemble() throws StartFailure, ConfigException {
        var policy = new PolicyFile(config.policy());
        var bearers = FileIdentity.of(config.bearers());
        var credentials = BearersFile.read(config.bearers(), clock);
        var confirmations = new Confirmations(new SecureRandom(), ticker);
        var redactor = new Redactor(sha256 -> credentials.knows(sha256) || confirmations.knows(sha256));
        credentials.modelKeys().forEach(redactor::know);
        var state = opened(StateDirectory.lock(config.stateDirectory())).path();
        // A path that cannot exist stands for "no manifest": it reads as absent, and what is absent moves nothing.
        var file = new ManifestFile(config.robotMd().orElse(Path.of("/dev/null/ROBOT.md")), ticker);
        var body =
                opened(Body.open(config.driver(), file, config.latchFile(), policy, surroundings, ids, clock, ticker));
        try {
            return assemble(policy, bearers, credentials, confirmations, redactor, state, file, body);
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.Kind.CONFIGURATION, "the state in " + state + " cannot be used: " + e.getMessage(), e);
        }
    }

    private Server assemble(
            PolicyFile policy,
            Optional<FileIdentity> bearers,
            Credentials credentials,
            Confirmations confirmations,
            Redactor redactor,
            Path state,
            ManifestFile file,
            Body body)
            throws StartFailure, ConfigException, IOException {
        var robot = body.robot();
        var audit = opened(AuditLog.open(AuditSettings.of(state.resolve(StateDirectory.AUDIT), ids.mint(Ids.Kind.BOOT))
                .withRedaction(redactor::clean)
                .withDisk(surroundings.auditDisk())));
        var store = opened(TaskStore.open(state));
        Restart.settle(store, audit, clock);
        var files = ArtifactFiles.open(state, redactor, clock);
        var _ = opened(Retention.start(store, files, Retention.Limits.STANDARD, clock, ticker));
        var daily = opened(DailyLedger.open(state, () -> new Money(policy.get().dailyMicros()), clock));

        var manifest = new PinnedManifest(file);
        var lease = new ActuateLease(audit.lastSeq(), ticker);
        var approvals =
                new Approvals(policy, confirmations, () -> manifest.now().sha256(), ids, clock, ticker);
        var served = served(file, body, manifest, new RecentExecutions(audit));
        var clearing = new LatchClearing(robot.interlock(), audit);
        var book = new ManifestBook(file, new ManifestWriter(file.path(), Optional.empty()), clock);
        var prices = new PriceFile(config.prices());
        var engines = opened(Engines.open(config, surroundings.scripts(), robot, ticker));
        var rules = policy.get().toolRules();
        var tools = toolbox(served, body, rules, clearing::clear, book, engines.planner(config.model(), prices, daily));
        var agreed = new AgreedTools(tools, body.server(), rules);
        agreed.check(policy.get());
        var gate = new Gate(tools, credentials, policy, manifest, robot, lease, approvals, audit, redactor, ticker);
        SelfTest.run(gate, credentials, audit, body);
        // Closed after everything that records something: whoever reads the log sees that the server ended in order.
        var _ = opened(() -> audit.note(AuditEntry.of(AuditEvent.STOP)));

        var executor = new AgentExecutor(
                engines.byName(),
                new AgentSettings(engines.defaultName(), config.model()),
                prices,
                daily,
                gate,
                manifest,
                files,
                ids,
                new SecureRandom());
        var admission = new AdmissionRules(policy, manifest, robot.interlock(), lease, audit, credentials);
        var dispatcher = opened(new Dispatcher(
                Map.of(TaskKind.AGENT, executor, TaskKind.CALL, new CallExecutor(gate, files)),
                admission,
                store,
                audit,
                approvals,
                redactor,
                ids,
                clock,
                ticker));
        body.server().ifPresent(server -> server.onDrift(dispatcher::toolDrift));
        lease.onLost(grant -> {
            var stopped = robot.interlock().protectiveStop("the actuate lease was lost");
            dispatcher.leaseLost(grant.holder(), stopped);
        });
        robot.interlock().onStop(report -> {
            audit.note(stopped(report));
            if (report.latch().isPresent()) {
                dispatcher.estopped();
            }
        });

        var mcp = new McpService(
                ServerInfo.gatehouse(),
                gate,
                new RobotOffer(served, tools.tools()),
                Optional.of(new McpTasks(dispatcher)),
                ids,
                (id, cause) -> LOG.error("MCP request failed inside, {}", id, cause));
        var _ = opened(LatchWatch.start(robot.interlock(), ticker));
        var ready = new AtomicBoolean();
        var services = new Services(
                () -> credentials,
                LocalOperators.of(() -> policy.get().localOperators()),
                dispatcher,
                files,
                gate,
                mcp,
                approvals,
                robot.interlock(),
                lease,
                manifest,
                audit,
                !engines.rehearses(),
                ready::get);
        var stops = opened(stopListener(credentials, robot, audit));
        var http = opened(listen(services));
        var socket = local(http, state);
        var _ = opened(ServerFile.write(
                state,
                new ServerFile.Doors(
                        config.listen().host(),
                        http.port(),
                        stops.port(),
                        config.listen().tls().isPresent(),
                        socket),
                clock.instant()));
        var watch = opened(new BearersWatch(
                        config.bearers(),
                        bearers,
                        credentials,
                        redactor,
                        audit,
                        () -> {
                            dispatcher.revoked();
                            http.revoked();
                        },
                        clock,
                        ticker)
                .start());
        var reload = new PolicyReload(policy, agreed, audit, dispatcher::policyChanged);
        // Closed first, and again in its turn: streams carry the end of their tasks only while there is a listener.
        var _ = opened(dispatcher);
        ready.set(true);
        return new Server(closing, ready, manifest, robot, http, stops, credentials, watch, prices, reload, mcp);
    }

    /** The tools that are built in, or in their place those of a tool server beside the house's own stop. */
    static Toolbox toolbox(
            Served served, Body body, ToolRules rules, Clearing clearing, SkillBook book, Planner planner) {
        var robot = body.robot();
        if (body.server().isPresent()) {
            var server = body.server().get();
            return new Toolbox(
                    RobotTools.stops(robot, clearing),
                    ForwardedTools.of(server, rules, robot),
                    server.said(),
                    server::drift);
        }
        var tools = new ArrayList<Tool>(new ManifestTools(served).tools());
        tools.addAll(new RobotTools(served.file(), robot, clearing, book, planner, Ticker.system()).tools());
        return new Toolbox(tools);
    }

    static Served served(ManifestFile file, Body body, PinnedManifest manifest, Supplier<List<ObjectNode>> executions) {
        var name = manifest.latest() instanceof Declared.Present present
                ? present.manifest().servedName()
                : Optional.<String>empty();
        var robot = body.robot();
        var mode = robot.capabilities().isEmpty() && !body.foreign()
                ? new Mode.ManifestOnly()
                : new Mode.Actuation(() -> hindrances(manifest, body), robot.interlock()::state, executions);
        return new Served(file, new RobotName(name.orElse("robot")), mode);
    }

    private static List<String> hindrances(PinnedManifest manifest, Body body) {
        var barrier = body.server().flatMap(ToolServer::barrier);
        if (barrier.isPresent()) {
            return List.of(barrier.get().code() + ": " + barrier.get().message());
        }
        return manifest.now().sha256().equals(manifest.pin())
                ? List.of()
                : List.of("manifest_changed: the manifest is not the one the operator started with");
    }

    /** A stop with a latch is an estop; without one it was a protective stop, of which only the confirmation matters. */
    private static AuditEntry stopped(StopReport report) {
        var acked = report.stop().acked() ? AuditEvent.STOP_ACK : AuditEvent.STOP_UNACKED;
        return AuditEntry.of(report.latch().isPresent() ? AuditEvent.ESTOP : acked)
                .with("by", Json.tree(report.by()))
                .with("reason", Json.tree(report.reason()))
                .with("stop", report.json());
    }

    private StopListener stopListener(Credentials credentials, Robot robot, AuditLog audit) throws StartFailure {
        try {
            return StopListener.start(
                    InetAddress.getByName(config.listen().host()),
                    config.stopPort(),
                    config.listen()
                            .tls()
                            .<ServerSocketFactory>map(SSLContext::getServerSocketFactory)
                            .orElseGet(ServerSocketFactory::getDefault),
                    () -> credentials,
                    robot.interlock(),
                    audit::note);
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.Kind.BIND,
                    "cannot listen for stops on port " + config.stopPort() + "; choose another with --stop-port");
        }
    }

    private HttpServer listen(Services services) throws StartFailure {
        try {
            return HttpServer.start(config.listen(), services);
        } catch (IllegalStateException e) {
            throw new StartFailure(
                    StartFailure.Kind.BIND,
                    "cannot listen on " + config.listen().host() + ":"
                            + config.listen().port() + "; choose another with --port");
        }
    }

    /** A server that cannot have its socket is reached over the network alone. */
    private Optional<Path> local(HttpServer http, Path state) {
        for (var directory : List.of(RuntimeDirectory.prepared(surroundings.runtime(), state), state)) {
            try {
                return Optional.of(opened(http.listenLocally(directory.resolve(LOCAL_SOCKET)))
                        .path());
            } catch (IOException e) {
                LOG.warn("no local socket here: {}", e.getMessage());
            }
        }
        return Optional.empty();
    }

    private <T extends AutoCloseable> T opened(T part) {
        closing.push(part);
        return part;
    }
}
