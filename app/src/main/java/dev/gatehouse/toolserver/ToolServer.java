package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Barrier;
import dev.gatehouse.tool.ToolCall;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one tool server of a robot: a process that is started again when it ends, as long as it is the same program with the same
 * tools. While it is away or another one, every call of it is refused and says why.
 */
public final class ToolServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToolServer.class);
    private static final Barrier AWAY = new Barrier("tool_server_lost", "the tool server ended; it is started again");
    private static final Barrier SWAPPED = new Barrier(
            "tool_server_lost", "the program of the tool server is another one now; it is not started again");
    private static final Barrier DRIFTED = new Barrier(
            "tool_drift", "the tools of the tool server are no longer those it started with; an operator has to look");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final LaunchPlan plan;
    private final Ticker ticker;
    private final RandomGenerator random = new SecureRandom();
    private final AtomicLong motions = new AtomicLong();
    private final Set<Pending> moving = ConcurrentHashMap.newKeySet();
    private final Thread keeper;
    private final Thread watch;
    private volatile Connection connection;
    private final Surface surface;
    private volatile Optional<Barrier> barrier = Optional.empty();
    private volatile Runnable onDrift = () -> {};
    private volatile boolean settled;
    private volatile boolean closed;

    private ToolServer(LaunchPlan plan, Ticker ticker) throws ToolServerException {
        this.plan = plan;
        this.ticker = ticker;
        this.connection = launch();
        this.surface = greeted(connection);
        this.settled = true;
        this.keeper = Thread.ofVirtual().name("tool-server").unstarted(this::keep);
        this.watch = Thread.ofVirtual().name("tool-server-watch").unstarted(this::watch);
    }

    /**
     * Starts it and asks it what it has.
     *
     * @throws ToolServerException if it cannot be started or does not answer as it must; then nothing of it is left running
     */
    public static ToolServer start(LaunchPlan plan, Ticker ticker) throws ToolServerException {
        var server = new ToolServer(plan, ticker);
        server.keeper.start();
        server.watch.start();
        LOG.info(
                "tool server {} (sha256 {}), tools {}",
                plan.program().path(),
                plan.program().sha256(),
                server.surface.sha256());
        return server;
    }

    public Program program() {
        return plan.program();
    }

    /** Its whole tool objects, as they were when it was first started. */
    public ArrayNode said() {
        return surface.json();
    }

    Surface surface() {
        return surface;
    }

    /** Why nothing can be handed to it now. */
    public Optional<Barrier> barrier() {
        return barrier;
    }

    /** The barrier, if it is that its tools are not those it started with (D6.7). */
    public Optional<Barrier> drift() {
        return barrier.filter(DRIFTED::equals);
    }

    /** Runs when its tools are found to be others than those it started with, once. */
    public void onDrift(Runnable listener) {
        onDrift = listener;
        if (drift().isPresent()) {
            listener.run();
        }
    }

    /** Whether it can be reached; a stop goes through even while calls do not. */
    boolean answers() {
        return connection.alive();
    }

    /** Ends its process and everything that it started, at once (policy {@code kill_motion}). It is started again later. */
    public void killMotion() {
        connection.kill();
    }

    /**
     * The arguments of a call that a person agreed to. A server that wants to be shown a token for that gets one that is good for
     * nothing else: it cannot ask us, so all it can know is that whoever owns its input says yes (dispatcher.md D6.8).
     */
    ObjectNode agreed(String tool, ObjectNode arguments) {
        var agreed = arguments.deepCopy();
        if (surface.takes(tool, ToolCall.CONFIRM_TOKEN)) {
            agreed.put(ToolCall.CONFIRM_TOKEN, Secret.fresh(random).reveal());
        }
        return agreed;
    }

    /** Has it look at something. */
    Reply look(String tool, ObjectNode arguments, Progress progress) throws InterruptedException {
        var request = connection.ask("tools/call", called(tool, arguments), () -> barrier.isEmpty());
        return request.await(progress);
    }

    /**
     * Has it do something that may move the robot.
     *
     * @param handOver asked on the writing thread immediately before the call is written (D6.4)
     */
    Reply move(String tool, ObjectNode arguments, BooleanSupplier handOver, Progress progress)
            throws InterruptedException {
        motions.incrementAndGet();
        var request = connection.ask(
                "tools/call",
                called(tool, arguments),
                () -> barrier.isEmpty() && handOver.getAsBoolean(),
                // A stop must find it from the moment in which it may be written.
                moving::add);
        try {
            return request.await(progress);
        } finally {
            moving.remove(request);
        }
    }

    /** How many motions were begun so far. */
    long motions() {
        return motions.get();
    }

    /** Takes back what may be moving: the server is told, and nobody waits for it longer than a while. */
    void cutMotions() {
        moving.stream()
                .filter(Pending::cancel)
                .forEach(request -> Thread.ofVirtual()
                        .name("tool-server-settle")
                        .start(() -> {
                            try {
                                ticker.sleep(SETTLE);
                                request.settle(new Reply.Cut());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }

    /** Nobody waits any more for what was taken back, because the robot has stopped. */
    void motionsOver() {
        moving.forEach(request -> {
            var _ = request.cancel();
            request.settle(new Reply.Cut());
        });
    }

    /** A request that goes before all others, for a stop; what becomes of it, its caller is told. */
    Pending atOnce(String tool, ObjectNode arguments) {
        return connection.askAtOnce("tools/call", called(tool, arguments));
    }

    private static ObjectNode called(String tool, ObjectNode arguments) {
        var params = Json.object().put("name", tool);
        params.set("arguments", arguments.deepCopy());
        return params;
    }

    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        watch.interrupt();
        connection.end();
    }

    private Connection launch() throws ToolServerException {
        try {
            var child = Child.start(plan, ticker);
            StandardError.follow(child.err(), ticker);
            return Connection.open(child, this::listChanged);
        } catch (IOException e) {
            throw new ToolServerException("the tool server " + plan.program().path() + " cannot be started");
        }
    }

    private Surface greeted(Connection fresh) throws ToolServerException {
        var greeted = false;
        try {
            var tools = new Handshake(fresh, ticker).greet();
            greeted = true;
            return tools;
        } finally {
            if (!greeted) {
                fresh.end();
            }
        }
    }

    /** While it is still being asked for its list, a change of the list is no change of what was agreed to. */
    private void listChanged() {
        if (settled) {
            Thread.ofVirtual().name("tool-server-drift").start(this::drifted);
        }
    }

    private synchronized void drifted() {
        if (drift().isEmpty() && !closed) {
            LOG.error("the tools of the tool server changed; nothing is handed to it until Gatehouse is started again");
            barrier = Optional.of(DRIFTED);
            onDrift.run();
        }
    }

    /** A server that changes its list may keep that to itself. It is not asked while it moves something, which may block it. */
    private void watch() {
        try {
            while (!closed) {
                ticker.sleep(LOOK_EVERY);
                if (barrier.isEmpty() && moving.isEmpty()) {
                    compare();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare() {
        try {
            if (!new Handshake(connection, ticker).look().sha256().equals(surface.sha256())) {
                drifted();
            }
        } catch (ToolServerException e) {
            LOG.debug("the tool server could not be asked for its tools now");
        }
    }

    private void keep() {
        try {
            var pause = FIRST_PAUSE;
            while (!closed) {
                var steady = Deadline.in(STEADY, ticker);
                connection.lost().join();
                fell();
                pause = steady.passed() ? FIRST_PAUSE : pause;
                do {
                    ticker.sleep(pause);
                    pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                } while (!moving.isEmpty());
                if (!plan.program().unchanged()) {
                    swapped();
                    return;
                }
                rise();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void fell() {
        if (barrier.isEmpty() && !closed) {
            LOG.error("the tool server ended");
            barrier = Optional.of(AWAY);
        }
        connection.kill();
    }

    /** Nobody agreed to this program (threats.md T22.1). */
    private synchronized void swapped() {
        LOG.error(
                "the program {} changed since Gatehouse started; it is not used",
                plan.program().path());
        barrier = Optional.of(SWAPPED);
    }

    private void rise() {
        try {
            settled = false;
            var fresh = launch();
            var tools = greeted(fresh);
            adopt(fresh, tools);
        } catch (ToolServerException e) {
            LOG.error("the tool server could not be started again: {}", e.getMessage());
        }
    }

    private synchronized void adopt(Connection fresh, Surface tools) {
        if (closed) {
            fresh.end();
            return;
        }
        connection = fresh;
        settled = true;
        if (!tools.sha256().equals(surface.sha256())) {
            drifted();
        } else if (barrier.filter(AWAY::equals).isPresent()) {
            LOG.info("the tool server is back");
            barrier = Optional.empty();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
