package dev.gatehouse.demo;

import dev.gatehouse.story.EventRows;
import java.io.IOException;

/** The same goal from somebody who may only look: refused at the door, and refused at the gate. */
final class ReaderChapter {
    private final Stage stage;
    private final EventRows rows;
    private final Trace trace = new Trace();

    ReaderChapter(Stage stage) {
        this.stage = stage;
        this.rows = new EventRows(stage.screen().glyphs());
    }

    void play() throws IOException, InterruptedException {
        var screen = stage.screen();
        var before = stage.arm();
        screen.chapter(3, "The same goal from somebody who may only look");
        screen.tell("Bob's credential has tier read. If he says that he wants to move the robot, he is turned away at"
                + " the door, and no task is made.");
        screen.blank();
        var bob = Person.BOB.caller();
        screen.request("POST /dispatch", bob, "\"" + GoalChapter.GOAL + "\", effect actuate");
        var door = stage.door()
                .dispatch(
                        Person.BOB, stage.order(GoalChapter.GOAL).put("effect", "actuate"), Stage.LONGEST, event -> {});
        stage.refused(door);
        screen.blank();
        screen.tell("If he does not say it, a session may look around for him. The gate stops the first call that would"
                + " move anything, whatever the model believes.");
        screen.blank();
        screen.request("POST /dispatch", bob, "\"" + GoalChapter.GOAL + "\"");
        var end = stage.door().dispatch(Person.BOB, stage.order(GoalChapter.GOAL), Stage.LONGEST, event -> {
            trace.add(event);
            stage.show(rows, event);
        });
        if (end.status() != 200) {
            stage.refused(end);
        }
        var after = stage.arm();
        stage.claims()
                .must(
                        "A reader's order to move was refused at the door",
                        door.status() == 403 && door.code().equals("tier_required"),
                        door.status() + " " + door.code());
        stage.claims()
                .expect(
                        "The same goal from the reader was refused at the gate",
                        trace.refused("tier_required"),
                        "tier_required, at the call that would have moved the arm");
        stage.claims().must("Nothing moved for the reader", after.restsAs(before), "every joint unchanged");
    }
}
