package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInScriptsTest {
    private static final String OK = "{\n  \"status\": \"ok\",\n  \"error\": null\n}";
    private static final String SEEN =
            "{\n  \"status\": \"ok\",\n  \"descriptor\": \"red_cube\",\n  \"pixel\": [320, 240]\n}";
    private static final String[] ALL = {"render", "status", "vision_find", "execute_capability"};

    /** What was called and said when every tool answers by its entry, until the script calls no more. */
    private static List<String> play(Dialogue dialogue, Map<String, String> results) {
        var library = ScriptLibrary.builtIn();
        var log = new ArrayList<String>();
        for (var turn = 0; turn < 10; turn++) {
            var request = dialogue.request();
            var script = library.scriptFor(request.conversation().goal());
            var answer = Actor.play(Actor.turn(script, request), request);
            var answers = new ArrayList<String>();
            for (var block : answer.content()) {
                switch (block) {
                    case Block.Text text -> log.add(text.text());
                    case Block.Thinking thinking -> log.add("(" + thinking.thinking() + ")");
                    case Block.ToolUse use -> {
                        var tool = use.name().substring("mcp__robot__".length());
                        var call = tool + Json.line(use.input());
                        log.add(call);
                        answers.add(results.getOrDefault(call, results.getOrDefault(tool, OK)));
                    }
                }
            }
            dialogue.then(answer.whole(), answers.toArray(String[]::new));
            if (answers.isEmpty()) {
                return log;
            }
        }
        throw new AssertionError("the script does not end: " + log);
    }

    private static String refusal(String reason) {
        return "{\n  \"status\": \"blocked\",\n  \"error\": {\n    \"reason\": \"" + reason + "\"\n  }\n}";
    }

    @ParameterizedTest
    @CsvSource({
        "Pick the red cube and place it in the green bin, pick-and-place",
        "please GRASP it, pick-and-place",
        "Put it there, pick-and-place",
        "Describe yourself, describe",
        "What can you pick?, describe",
        "Replace the output, default",
        "'', default"
    })
    void theFirstScriptThatFitsIsUsed(String goal, String script) {
        assertThat(ScriptLibrary.builtIn().scriptFor(goal).name()).isEqualTo(script);
    }

    @Test
    void givenScriptsStandBeforeTheBuiltInOnesInTheOrderGiven() {
        var one = Scripts.parse("rehearsal: 1\nname: one\nmatch: pick\nturns: [{say: x}]");
        var two = Scripts.parse("rehearsal: 1\nname: two\nmatch: i\nturns: [{say: x}]");
        var library = ScriptLibrary.builtIn().with(one, two);

        assertThat(library.scriptFor("pick").name()).isEqualTo("one");
        assertThat(library.scriptFor("describe").name()).isEqualTo("two");
        assertThat(library.scriptFor("place").name()).isEqualTo("pick-and-place");
        assertThat(library.scripts())
                .extracting(Script::name)
                .containsExactly("one", "two", "describe", "pick-and-place", "default");
    }

    @Test
    void onlyTheDemoTakesItsTime() {
        assertThat(ScriptLibrary.builtIn().scripts())
                .flatExtracting(Script::turns)
                .extracting(Turn::pace)
                .allMatch(java.util.Optional::isEmpty);
        assertThat(ScriptLibrary.demo().scripts())
                .flatExtracting(Script::turns)
                .extracting(turn -> turn.pace().orElseThrow())
                .containsOnly(Pace.DEMO);
    }

    @Test
    void pickAndPlaceLooksPicksPlacesAndReports() {
        assertThat(play(Dialogue.goal("pick the red cube").offering(ALL), Map.of("vision_find", SEEN)))
                .containsExactly(
                        "[rehearsal] Before I move anything I read the manifest.",
                        "render{}",
                        "Next I look for the red cube.",
                        "vision_find{\"descriptor_id\":\"red_cube\"}",
                        "The red cube is in view. I pick it up.",
                        "execute_capability{\"capability\":\"arm.pick\",\"args\":{\"target\":\"red_cube\"}}",
                        "The cube is in the gripper. I place it in the green bin.",
                        "execute_capability{\"capability\":\"arm.place\",\"args\":{\"target\":\"green_bin\"}}",
                        "Done: the red cube is in the green bin.");
    }

    @ParameterizedTest
    @CsvSource({
        "hitl_gate, A person did not allow the pick.",
        "approval_denied, A person did not allow the pick.",
        "approval_expired, A person did not allow the pick.",
        "tier_required, This caller may only look.",
        "effect_ceiling, This caller may only look.",
        "tool_unknown, This caller may only look.",
        "estop_set, The stop is latched.",
        "estop, The stop is latched.",
        "estop_latched, The stop is latched.",
        "limit_missing, The pick did not succeed"
    })
    void aRefusedPickEndsTheWorkAndSaysWhy(String reason, String says) {
        var dialogue = Dialogue.goal("pick the red cube").offering(ALL);
        var refused = Map.of("vision_find", SEEN, "execute_capability", refusal(reason));

        var log = play(dialogue, refused);

        assertThat(log).last().asString().startsWith(says);
        assertThat(log)
                .filteredOn(line -> line.startsWith("execute_capability"))
                .hasSize(1);
        // Whoever asks again gets the refusal again, not the next move.
        assertThat(play(dialogue.user("go on"), refused))
                .singleElement()
                .asString()
                .startsWith(says);
    }

    @ParameterizedTest
    @CsvSource({
        "hitl_gate, A person did not allow the placing.",
        "tier_required, This caller may only look.",
        "estop, The stop is latched.",
        "outside_workspace, The placing did not succeed"
    })
    void aRefusedPlacingSaysThatTheCubeIsStillHeld(String reason, String says) {
        var place = "execute_capability{\"capability\":\"arm.place\",\"args\":{\"target\":\"green_bin\"}}";

        var log = play(
                Dialogue.goal("pick the red cube").offering(ALL), Map.of("vision_find", SEEN, place, refusal(reason)));

        assertThat(log).last().asString().startsWith(says);
    }

    @Test
    void aCallerWhoMayOnlyLookIsToldSo() {
        var log =
                play(Dialogue.goal("pick the red cube").offering("render", "vision_find"), Map.of("vision_find", SEEN));

        assertThat(log)
                .endsWith(
                        "The red cube is in view. I pick it up.",
                        "I cannot call execute_capability: it is not among the tools I may use in this task.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": \"not_found\", \"descriptor\": \"red_cube\"}",
                "{\"status\": \"error\", \"error\": {\"reason\": \"unknown_descriptor\"}}"
            })
    void whatIsNotSeenIsNotPicked(String result) {
        var log = play(Dialogue.goal("pick the red cube").offering(ALL), Map.of("vision_find", result));

        assertThat(log).last().asString().contains("I do not move");
        assertThat(log).noneMatch(line -> line.startsWith("execute_capability"));
    }

    @Test
    void describeReadsManifestAndStateAndMovesNothing() {
        var log = play(Dialogue.goal("What can you do?").offering(ALL), Map.of("status", "{\"latched\": false}"));

        assertThat(log)
                .containsExactly(
                        "[rehearsal] I read the manifest first.",
                        "render{}",
                        "Now the state.",
                        "status{}",
                        "I have read the manifest and looked at the state; nothing was moved. I may use: render, status,"
                                + " vision_find, execute_capability. The state begins: {\"latched\": false}");
    }

    @Test
    void anyOtherGoalReadsTheManifestAndReports() {
        assertThat(play(Dialogue.goal("water the plants").offering(ALL), Map.of("render", "robot_name: bob")))
                .containsExactly(
                        "[rehearsal] I have no script for this goal, so I only read the manifest.",
                        "render{}",
                        "Nothing was moved. The manifest begins: robot_name: bob");
    }
}
