package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** engines.md 6: which turn is due follows from the request alone. */
class ReplayTest {
    private static final Dialogue GOAL = Dialogue.goal("pick cube");

    private static String due(Script script, Dialogue dialogue) {
        return Replay.due(script, dialogue.conversation())
                .map(turn -> turn.say().orElseThrow().fill(dialogue.conversation()))
                .orElse("(end)");
    }

    @Test
    void eachResponseTakesOneTurn() {
        var script = Scripts.turns("say: one", "say: two");

        assertThat(due(script, Dialogue.goal("x"))).isEqualTo("one");
        assertThat(due(script, Dialogue.goal("x").called("render", "ok"))).isEqualTo("two");
        assertThat(due(script, Dialogue.goal("x").called("render", "ok").called("render", "ok")))
                .isEqualTo("(end)");
    }

    @Test
    void aPausedResponseIsAResponseAlthoughNoUserMessageFollows() {
        assertThat(due(Scripts.turns("say: one", "say: two"), Dialogue.goal("x").said("one")))
                .isEqualTo("two");
    }

    @Test
    void aTurnWhoseConditionFailsIsSkipped() {
        var script = Scripts.turns(
                "{say: pick, call: [{tool: execute_capability}]}",
                "{say: not allowed, when: {last_reason: \"hitl_gate|approval_denied\"}}",
                "say: done");

        assertThat(due(script, Dialogue.goal("x").called("execute_capability", "{\"status\":\"ok\"}")))
                .isEqualTo("done");
        assertThat(due(script, Dialogue.goal("x").refused("execute_capability", "hitl_gate")))
                .isEqualTo("not allowed");
    }

    @Test
    void aSkippedTurnIsPassedForGood() {
        var script =
                Scripts.turns("say: one", "{say: refused, when: {last_reason: hitl_gate}}", "say: two", "say: three");

        // The second result would have met the condition, but the turn was passed after the first.
        assertThat(due(script, Dialogue.goal("x").called("render", "ok").refused("render", "hitl_gate")))
                .isEqualTo("three");
    }

    @Test
    void aRepeatedTurnStaysDueUntilItsCountIsUsedUp() {
        var script = Scripts.turns("{say: again, repeat: 2}", "say: after");
        var dialogue = Dialogue.goal("x");

        assertThat(due(script, dialogue.said("again"))).isEqualTo("again");
        assertThat(due(script, dialogue.said("again"))).isEqualTo("after");
    }

    @Test
    void foreverEndsOnlyWhenItsConditionFails() {
        var script = Scripts.turns("{say: look, repeat: forever, when: {last_text: dark}}", "say: light");
        var dialogue = Dialogue.goal("x").called("x", "irrelevant");
        assertThat(due(Scripts.turns("{say: more, repeat: forever}"), longTalk(60)))
                .isEqualTo("more");

        var dark = Scripts.turns("say: start", "{say: look, repeat: forever, when: {last_text: dark}}", "say: light");
        assertThat(due(script, dialogue)).isEqualTo("(end)");
        assertThat(due(dark, Dialogue.goal("x").called("c", "dark").called("c", "dark")))
                .isEqualTo("look");
        assertThat(due(dark, Dialogue.goal("x").called("c", "dark").called("c", "bright")))
                .isEqualTo("light");
    }

    private static Dialogue longTalk(int responses) {
        var dialogue = Dialogue.goal("x");
        for (var i = 0; i < responses; i++) {
            dialogue.called("render", "ok");
        }
        return dialogue;
    }

    @Test
    void conditionsLookAtOfferedToolsAndTurnNumbers() {
        var script = Scripts.turns(
                "{say: third, when: {turn: 3}}", "{say: can pick, when: {has_tool: pick}}", "say: cannot");

        assertThat(due(script, Dialogue.goal("x").offering("pick"))).isEqualTo("can pick");
        assertThat(due(script, Dialogue.goal("x").offering("render"))).isEqualTo("cannot");
        assertThat(due(Scripts.turns("say: a", "say: b", "{say: third, when: {turn: 3}}"), longTalk(2)))
                .isEqualTo("third");
    }

    @Test
    void aReasonIsFoundBehindAMarkerLineAndInStructuredText() {
        var script = Scripts.turns("say: go", "{say: refused, when: {last_reason: \"^busy$\"}}", "say: done");
        var marked = "[result of render]\n{\"status\":\"blocked\",\"error\":{\"reason\":\"busy\",\"message\":\"x\"}}";

        assertThat(due(script, Dialogue.goal("x").called("render", marked))).isEqualTo("refused");
        assertThat(due(script, Dialogue.goal("x").called("render", "the word busy alone")))
                .isEqualTo("done");
    }

    @Test
    void theTextOfAnErrorCountsAsItsReason() {
        var script = Scripts.turns("say: go", "{say: refused, when: {last_reason: unreachable}}", "say: done");

        assertThat(due(script, Dialogue.goal("x").called("render", "server unreachable", true)))
                .isEqualTo("refused");
        assertThat(due(script, Dialogue.goal("x").called("render", "server unreachable", false)))
                .isEqualTo("done");
    }

    @Test
    @DisplayName("the goal is the last text block of the first user message, reminders apart")
    void theGoalIsTheLastTextOfTheFirstUserMessage() throws Exception {
        var body = dev.gatehouse.json.Json.read("""
                {"messages": [
                  {"role": "user", "content": [
                     {"type": "text", "text": "<system-reminder>be nice</system-reminder>"},
                     {"type": "text", "text": "context"},
                     {"type": "text", "text": "pick cube"},
                     {"type": "text", "text": " <system-reminder>more</system-reminder>"}]},
                  {"role": "assistant", "content": "ok"},
                  {"role": "user", "content": "something else"}]}
                """);

        assertThat(MessagesRequest.of(body, new byte[0]).conversation().goal()).isEqualTo("pick cube");
        assertThat(GOAL.conversation().goal()).isEqualTo("pick cube");
    }

    @Test
    void remindersInToolResultsAreSkipped() throws Exception {
        var body = dev.gatehouse.json.Json.read("""
                {"messages": [
                  {"role": "user", "content": "x"},
                  {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "n", "input": {}}]},
                  {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": [
                     {"type": "text", "text": "result"},
                     {"type": "text", "text": "<system-reminder>hitl_gate</system-reminder>"}]}]}]}
                """);

        assertThat(MessagesRequest.of(body, new byte[0]).conversation().lastText())
                .isEqualTo("result");
    }
}
