package dev.gatehouse.demo;

import dev.gatehouse.json.Json;
import dev.gatehouse.story.EventRows;
import dev.gatehouse.story.Ink;
import dev.gatehouse.story.Row;
import dev.gatehouse.story.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A stop in the middle of a motion, how fast it was, and that nothing resumes after it. */
final class StopChapter {
    private static final String GOAL = "Pick the red cube up again.";
    /** Long enough that the arm is under way, short enough that it is far from its end. */
    private static final Duration UNDER_WAY = Duration.ofMillis(600);

    private static final Duration WATCHING = Duration.ofMillis(1500);

    private final Stage stage;
    private final EventRows rows;
    private final Trace trace = new Trace();
    private @Nullable Arm underWay;
    private @Nullable Answer pressed;

    StopChapter(Stage stage) {
        this.stage = stage;
        this.rows = new EventRows(stage.screen().glyphs());
    }

    void play() throws IOException, InterruptedException {
        var screen = stage.screen();
        screen.chapter(4, "Stop, in the middle of a motion");
        screen.tell(
                "The stop has a listener of its own, works with any credential, and waits for no model and no disk.");
        screen.blank();
        goHome();
        var atFirst = stage.arm();
        screen.request("POST /dispatch", Person.ALICE.caller(), "\"" + GOAL + "\"");
        var end = stage.door().dispatch(Person.ALICE, stage.order(GOAL), Stage.LONGEST, this::line);
        if (end.status() != 200) {
            stage.refused(end);
        }
        var stop = pressed == null ? press() : pressed;
        afterTheStop(stop, atFirst);
    }

    /** A direct call: it makes the way to the cube long enough that a stop can come in the middle of it. */
    private void goHome() throws IOException, InterruptedException {
        var home = Json.object().put("capability", "arm.home");
        stage.screen().request("POST /v1/tools/execute_capability", Person.ALICE.caller(), "arm.home");
        var answer = stage.call(Person.ALICE, "execute_capability", home);
        stage.screen()
                .row(Row.Said.now(
                        "robot",
                        Ink.ROBOT,
                        Span.plain(answer.path("result").path("message").asString(""))));
    }

    private void line(JsonNode event) throws IOException, InterruptedException {
        trace.add(event);
        stage.show(rows, event);
        if (Trace.is(event, "progress") && pressed == null) {
            stage.watch(UNDER_WAY);
            underWay = stage.arm();
            pressed = press();
        }
    }

    private Answer press() throws IOException, InterruptedException {
        stage.screen().request("POST /v1/estop", Person.BUTTON.caller(), "");
        var answer = stage.door().stop(Person.BUTTON);
        stage.screen()
                .row(Row.Said.now(
                        "stop",
                        Ink.BAD,
                        new Span(Ink.BAD, stage.screen().glyphs().stop() + " latched"),
                        new Span(Ink.BOLD, ": " + latency(answer))));
        return answer;
    }

    private static String latency(Answer answer) {
        var stop = answer.body().path("stop");
        return String.format(
                Locale.ROOT,
                "%.1f ms from the press to the confirmed answer (sent to the arm after %s ms, confirmed after %s ms)",
                answer.took().toNanos() / 1e6,
                stop.path("issued_ms").asString("?"),
                stop.path("ack_ms").asString("?"));
    }

    private void afterTheStop(Answer stop, Arm atFirst) throws IOException, InterruptedException {
        var screen = stage.screen();
        screen.blank();
        screen.tell("Where the arm stands, and where it stands a while later:");
        var first = stands("robot");
        stage.watch(WATCHING);
        var later = stands("later");

        screen.blank();
        screen.tell("While the stop is latched nothing new may move the robot. The button can stop, and nothing else.");
        screen.request("POST /dispatch", Person.ALICE.caller(), "\"" + GOAL + "\"");
        var latched = stage.door().dispatch(Person.ALICE, stage.order(GOAL), Stage.LONGEST, event -> {});
        stage.refused(latched);
        var clearing = Json.object().put("latch_id", stop.text("latch_id")).put("reason", "the bench is clear");
        screen.request("POST /v1/estop/clear", Person.BUTTON.caller(), "");
        var button = stage.door().post(Person.BUTTON, "/v1/estop/clear", clearing);
        stage.refused(button);
        screen.request("POST /v1/estop/clear", Person.CARLA.caller(), "\"the bench is clear\"");
        var cleared = stage.door().post(Person.CARLA, "/v1/estop/clear", clearing);
        screen.row(Row.Said.now(
                "server",
                Ink.WAIT,
                cleared.status() == 200
                        ? new Span(Ink.GOOD, screen.glyphs().yes() + " cleared")
                        : new Span(Ink.BAD, screen.glyphs().no() + " " + cleared.status() + " " + cleared.code())));

        screen.blank();
        screen.tell("Clearing lets new orders in. It resumes nothing:");
        stage.watch(WATCHING);
        var afterwards = stands("robot");
        var task = stage.door().get(Person.ALICE, "/v1/tasks/" + trace.taskId()).text("state");
        var open = stage.door()
                .get(Person.BOB, "/v1/status")
                .body()
                .path("open_tasks")
                .asInt(-1);
        screen.row(
                Row.Said.now("task", Ink.BOLD, Span.plain("still " + task), Span.faint(" (open tasks: " + open + ")")));

        claims(stop, atFirst, first);
        var claims = stage.claims();
        claims.must("After the stop nothing moved", later.restsAs(first), "every joint unchanged");
        claims.must(
                "A new order was refused while the stop was latched",
                latched.status() == 409 && latched.code().equals("estop_latched"),
                latched.status() + " " + latched.code());
        claims.must(
                "The button could stop, and could not clear",
                button.status() == 403 && button.code().equals("role_required"),
                button.status() + " " + button.code());
        claims.must(
                "Nothing resumed after clearing",
                cleared.status() == 200 && afterwards.restsAs(first) && open == 0,
                "every joint unchanged, no task open, the stopped task is still " + task);
    }

    private void claims(Answer stop, Arm atFirst, Arm standing) {
        var way = String.format(
                Locale.ROOT,
                "the arm was under way and stands up to %.1f degrees from where it began",
                standing.farthestFrom(atFirst));
        stage.claims()
                .expect(
                        "The stop came in the middle of a motion",
                        underWay != null && underWay.moving() && trace.status().equals("estopped"),
                        way + "; the task ended " + trace.status());
        var times = stop.body().path("stop");
        stage.claims()
                .must(
                        "The robot confirmed the stop, and the time was measured",
                        stop.status() == 200
                                && times.path("acked").asBoolean(false)
                                && times.has("issued_ms")
                                && times.has("ack_ms"),
                        latency(stop));
    }

    private Arm stands(String when) throws IOException, InterruptedException {
        var arm = stage.arm();
        stage.screen()
                .row(Row.Said.now(
                        when, Ink.ROBOT, Span.plain(arm.moving() ? "moves: " : "rests: "), Span.faint(arm.joints())));
        return arm;
    }
}
