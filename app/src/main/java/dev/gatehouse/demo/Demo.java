package dev.gatehouse.demo;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.Server;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.story.Ink;
import dev.gatehouse.story.Row;
import dev.gatehouse.story.Screen;
import dev.gatehouse.story.Span;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.web.Listen;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Tells the main job from start to end on a real server, and says at the end whether all of it really happened. */
public final class Demo {
    private static final String LOOPBACK = "127.0.0.1";

    private final DemoSettings settings;
    private final Screen screen;
    private final Claims claims;
    private final Ticker ticker = Ticker.system();

    private Demo(DemoSettings settings, Screen screen) {
        this.settings = settings;
        this.screen = screen;
        this.claims = new Claims(!settings.rehearses());
    }

    /**
     * Gives the demonstration, which takes up to a minute.
     *
     * @param terminal whether a person watches on a terminal that knows colours
     * @return whether everything it claims was true
     * @throws StartFailure if the server cannot start
     * @throws ConfigException if the example it plays on is not there
     * @throws IOException if the server stops answering, or the disk fails
     */
    public static boolean run(DemoSettings settings, PrintStream out, boolean terminal)
            throws StartFailure, ConfigException, IOException, InterruptedException {
        return new Demo(settings, new Screen(out, terminal)).run();
    }

    private boolean run() throws StartFailure, ConfigException, IOException, InterruptedException {
        var bin = Bin.of(settings.robotMd().resolveSibling("scene.yaml"));
        var cast = new Cast(new SecureRandom());
        try (var workspace = Workspace.open(settings.keep())) {
            cast.write(workspace.bearers());
            Stage stage;
            try (var server = Server.start(config(workspace))) {
                var door = new Door(server.port(), server.stopPort(), cast, settings.modelKey(), ticker);
                stage = new Stage(settings, door, screen, claims, ticker);
                open(server);
                new GoalChapter(stage, bin).play();
                stage.pause(Duration.ofSeconds(1));
                new ReaderChapter(stage).play();
                stage.pause(Duration.ofSeconds(1));
                new StopChapter(stage).play();
                stage.pause(Duration.ofSeconds(1));
            }
            new RecordChapter(stage, workspace.audit(), workspace.tampered()).play(cast);
            return close(workspace);
        }
    }

    private ServerConfig config(Workspace workspace) {
        return new ServerConfig(
                new Listen(LOOPBACK, 0, Set.of(), Set.of()),
                0,
                Optional.of(settings.robotMd()),
                workspace.bearers(),
                workspace.state(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ServerConfig.DriverChoice.Simulated(Optional.empty()),
                settings.rehearses() ? "rehearsal" : "embedded",
                settings.model(),
                settings.modelUrl(),
                settings.fast() ? ServerConfig.Rehearsal.WHEN_HARMLESS : ServerConfig.Rehearsal.AT_READING_PACE);
    }

    private void open(Server server) {
        screen.title("Gatehouse", "Goals in, results out, the controls stay home.");
        screen.blank();
        screen.tell("A real server on http://" + LOOPBACK + ":" + server.port() + ", its stop on port "
                + server.stopPort() + ", and a simulated arm, declared in " + shortened(settings.robotMd()) + ".");
        screen.blank();
        if (settings.rehearses()) {
            screen.tell(
                    Ink.WAIT,
                    "rehearsal: no intelligence is involved. A script stands in for the model; everything else is real."
                            + " Set ANTHROPIC_API_KEY to see a model do it.");
        } else {
            screen.tell(
                    Ink.WAIT,
                    "A real model: " + settings.model() + " at " + settings.modelUrl()
                            + ", paid with your ANTHROPIC_API_KEY. This costs money: at most " + DemoSettings.BUDGET_USD
                            + " USD for each of three goals. It decides by itself what it does.");
        }
        screen.blank();
        for (var person : Person.values()) {
            var rights = "tier " + person.tier() + (person.role().isEmpty() ? "" : ", role " + person.role());
            screen.row(Row.Said.now(
                    person.caller(), Ink.PERSON, Span.plain(person.meaning()), Span.faint(" (" + rights + ")")));
        }
    }

    /** The last names of a path, which is all a reader wants. */
    private static Path shortened(Path path) {
        return path.subpath(Math.max(0, path.getNameCount() - 3), path.getNameCount());
    }

    private boolean close(Workspace workspace) {
        screen.blank();
        screen.blank();
        screen.tell(Ink.BOLD, "What was shown, and checked");
        screen.blank();
        claims.show(screen);
        screen.blank();
        if (settings.keep()) {
            screen.tell(Ink.PLAIN, "Kept in " + workspace.root() + "; look for yourself:");
            screen.tell(Ink.PLAIN, "gatehouse audit verify --dir " + workspace.audit());
            screen.tell(Ink.PLAIN, "gatehouse audit verify --dir " + workspace.tampered());
            screen.blank();
        }
        var good = claims.hold();
        if (!good) {
            screen.tell(Ink.BAD, "Not everything the demonstration claims was true.");
        } else if (settings.rehearses()) {
            screen.tell(Ink.GOOD, "All of it held. (rehearsal: no intelligence is involved)");
        } else {
            screen.tell(Ink.GOOD, "All that must hold held.");
        }
        screen.blank();
        return good;
    }
}
