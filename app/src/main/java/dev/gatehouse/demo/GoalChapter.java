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

/** A goal goes in and is worked on while we read along; in the middle of it a person is asked. */
final class GoalChapter {
    static final String GOAL = "Pick up the red cube and place it in the green bin.";

    private static final String RUN = "execute_capability";
    private static final Duration READING_THE_QUESTION = Duration.ofMillis(2500);

    private final Stage stage;
    private final Bin bin;
    private final EventRows rows;
    private final Trace trace = new Trace();
    private final long began;
    private long firstLineMillis;
    private boolean asked;
    private @Nullable Arm waiting;
    private @Nullable Arm waitedOn;

    GoalChapter(Stage stage, Bin bin) {
        this.stage = stage;
        this.bin = bin;
        this.rows = new EventRows(stage.screen().glyphs());
        this.began = stage.ticker().nanoTime();
    }

    void play() throws IOException, InterruptedException {
        var screen = stage.screen();
        screen.chapter(1, "A goal goes in");
        screen.tell("Alice hands the robot a goal over HTTP. What comes back is a stream: every step, as it happens.");
        screen.blank();
        screen.request("POST /dispatch", Person.ALICE.caller(), "\"" + GOAL + "\"");
        var end = stage.door().dispatch(Person.ALICE, stage.order(GOAL), Stage.LONGEST, this::line);
        if (end.status() != 200) {
            stage.refused(end);
        }
        claims(end, bin.look(stage));
    }

    private void line(JsonNode event) throws IOException, InterruptedException {
        if (trace.size() == 0) {
            firstLineMillis =
                    Duration.ofNanos(stage.ticker().nanoTime() - began).toMillis();
        }
        trace.add(event);
        if (event.path("behavior").asString("").equals("ask") && !asked) {
            asked = true;
            stage.screen().chapter(2, "A person is asked");
            stage.screen()
                    .tell("ROBOT.md says that placing waits for a person, every time. The call is held at the gate.");
            stage.screen().blank();
        }
        stage.show(rows, event);
        if (Trace.is(event, "approval_required")) {
            decide(event.path("approval_id").asString(""));
        }
    }

    /** The operator's side: Anna sees the exact call, reads it, and agrees if it is what the goal asked for. */
    private void decide(String id) throws IOException, InterruptedException {
        waiting = stage.arm();
        stage.screen().request("GET /v1/approvals?state=pending", Person.ANNA.caller(), "");
        var pending = stage.door()
                .get(Person.ANNA, "/v1/approvals?state=pending")
                .body()
                .path("approvals");
        for (var approval : pending) {
            if (approval.path("id").asString("").equals(id)) {
                stage.screen()
                        .row(Row.Said.now(
                                Person.ANNA.caller(),
                                Ink.PERSON,
                                Span.faint("reads it. Meanwhile the arm stands still, holding "),
                                Span.plain(waiting.holding().isEmpty() ? "nothing" : waiting.holding())));
                stage.pause(READING_THE_QUESTION);
                waitedOn = stage.arm();
                answer(approval);
            }
        }
    }

    private void answer(JsonNode approval) throws IOException, InterruptedException {
        var wanted = isPlace(approval.path("arguments"));
        var decision = Json.object().put("decision", wanted ? "approve" : "deny");
        decision.put("arguments_sha256", approval.path("arguments_sha256").asString(""));
        decision.put("reason", wanted ? "that is what was asked for" : "nobody asked for this");
        var path = "/v1/approvals/" + approval.path("id").asString("");
        stage.screen()
                .request(
                        "POST " + path,
                        Person.ANNA.caller(),
                        decision.path("decision").asString(""));
        var _ = stage.door().post(Person.ANNA, path, decision);
    }

    private static boolean isPlace(JsonNode arguments) {
        return arguments.path("capability").asString("").equals("arm.place");
    }

    private static boolean isPick(JsonNode arguments) {
        return arguments.path("capability").asString("").equals("arm.pick");
    }

    private void claims(Answer end, Bin.Sight sight) {
        var claims = stage.claims();
        var all = trace.size();
        var render = trace.firstCall("render", arguments -> true);
        var pick = trace.firstCall(RUN, GoalChapter::isPick);
        claims.must(
                "A goal went in over HTTP and was answered as a stream",
                end.status() == 200
                        && all > 2
                        && !trace.status().isEmpty()
                        && !trace.status().equals("failed"),
                String.format(
                        Locale.ROOT,
                        "%d lines in %.1f s, the first after %d ms; the task ended %s",
                        all,
                        end.took().toMillis() / 1000.0,
                        firstLineMillis,
                        trace.status()));
        claims.expect(
                "The manifest was read before anything moved",
                render < pick && render < all,
                "render came before arm.pick");
        claims.expect(
                "The red cube was found, picked, and placed",
                trace.answered(
                                "vision_find",
                                answer -> answer.path("status").asString("").equals("ok"))
                        && pick < all
                        && trace.firstCall(RUN, GoalChapter::isPlace) < all
                        && sight.inside(),
                sight.words());
        claims.expect("Placing waited until a person had agreed", trace.waitedForAPerson(), "asked of anna, and given");
        if (waiting != null && waitedOn != null) {
            claims.must(
                    "While she read, the arm stood still",
                    waitedOn.restsAs(waiting),
                    "holding " + waiting.holding() + ", every joint unchanged");
        }
    }
}
