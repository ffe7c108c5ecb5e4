package dev.gatehouse.server;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.agent.DailyLedger;
import dev.gatehouse.agent.Engine;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.embedded.EmbeddedEngine;
import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.time.Ticker;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The engines a server offers: the embedded one always, the rehearsal where it can do no harm (engines.md E6.2). */
final class Engines implements AutoCloseable {
    private static final String EMBEDDED = "embedded";
    private static final String REHEARSAL = "rehearsal";

    private final Map<String, EmbeddedEngine> byName;
    private final Optional<RehearsalServer> endpoint;
    private final String defaultName;

    private Engines(Map<String, EmbeddedEngine> byName, Optional<RehearsalServer> endpoint, String defaultName) {
        this.byName = Map.copyOf(byName);
        this.endpoint = endpoint;
        this.defaultName = defaultName;
    }

    static Engines open(ServerConfig config, Optional<ScriptLibrary> given, Robot robot, Ticker ticker)
            throws StartFailure {
        var engines = new HashMap<String, EmbeddedEngine>();
        engines.put(
                EMBEDDED, new EmbeddedEngine(EngineSettings.embedded(config.modelUrl()), ticker, new SecureRandom()));
        Optional<RehearsalServer> endpoint = Optional.empty();
        if (mayRehearse(config, robot)) {
            var scripts = given.orElseGet(() -> config.rehearsal() == ServerConfig.Rehearsal.AT_READING_PACE
                    ? ScriptLibrary.demo()
                    : ScriptLibrary.builtIn());
            var server = RehearsalServer.start(scripts, 0);
            endpoint = Optional.of(server);
            var url = URI.create(server.url());
            engines.put(REHEARSAL, new EmbeddedEngine(EngineSettings.rehearsal(url), ticker, new SecureRandom()));
            warmUp(url);
        }
        if (!engines.containsKey(config.engine())) {
            endpoint.ifPresent(RehearsalServer::close);
            throw new StartFailure(
                    StartFailure.Kind.CONFIGURATION,
                    "engine " + config.engine() + " is not offered here; known: " + engines.keySet()
                            + ". The rehearsal needs a simulated robot or --allow-rehearsal");
        }
        return new Engines(engines, endpoint, config.engine());
    }

    private static boolean mayRehearse(ServerConfig config, Robot robot) {
        var harmless = !(config.driver() instanceof ServerConfig.DriverChoice.ToolServer)
                && robot.driver().map(driver -> driver.info().simulated()).orElse(true);
        return harmless || config.rehearsal() == ServerConfig.Rehearsal.ALLOWED;
    }

    /** The first use of the model library loads classes for a second; that second is better spent before anybody waits. */
    private static void warmUp(URI url) {
        Thread.ofPlatform().name("engine-warm-up").daemon().start(() -> {
            try {
                var _ = EmbeddedEngine.warmUp(url);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    Map<String, Engine> byName() {
        return Map.copyOf(byName);
    }

    /** Plans with the engine that works on orders which name none. */
    Planner planner(String model, Supplier<Prices> prices, DailyLedger daily) {
        return new ModelPlanner(requireNonNull(byName.get(defaultName)), model, prices, daily, new SecureRandom());
    }

    String defaultName() {
        return defaultName;
    }

    /** Whether some order can be served without a model key. */
    boolean rehearses() {
        return endpoint.isPresent();
    }

    @Override
    public void close() {
        byName.values().forEach(Engine::close);
        endpoint.ifPresent(RehearsalServer::close);
    }
}
