package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ActorTest {
    private static Answer play(Script script, Dialogue dialogue) {
        return Actor.play(Actor.turn(script, dialogue.request()), dialogue.request());
    }

    private static List<String> texts(Answer answer) {
        return answer.content().stream()
                .filter(Block.Text.class::isInstance)
                .map(Block::payload)
                .toList();
    }

    @Test
    @DisplayName("E6.1: the first text of a Task carries the mark, later ones do not")
    void theFirstTextIsMarked() {
        var script = Scripts.turns("call: [{tool: render}]", "say: one", "say: two");
        var afterTheCall = Dialogue.goal("x").offering("render").called("render", "ok");

        assertThat(texts(play(script, Dialogue.goal("x").offering("render")))).isEmpty();
        assertThat(texts(play(script, afterTheCall))).containsExactly("[rehearsal] one");
        assertThat(texts(play(script, afterTheCall.said("[rehearsal] one").user("go on"))))
                .containsExactly("two");
    }

    @Test
    void atTheEndOfTheScriptItSaysSo() {
        var answer = play(Scripts.turns("say: one"), Dialogue.goal("x").said("one"));

        assertThat(texts(answer)).containsExactly("The script ends here.");
        assertThat(answer.stopReason()).isEqualTo(StopReason.END_TURN);
    }

    @Test
    void aToolIsCalledByTheNameItIsOfferedUnder() {
        var answer = play(
                Scripts.turns("call: [{tool: render}, {tool: mcp__robot__status}]"),
                Dialogue.goal("x").offering("prerender", "render", "status"));

        assertThat(answer.content())
                .extracting(block -> ((Block.ToolUse) block).name())
                .containsExactly("mcp__robot__render", "mcp__robot__status");
        assertThat(answer.stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void aToolThatIsNotOfferedIsNamedInsteadOfCalled() {
        var script = Scripts.turns("{say: I pick., call: [{tool: execute_capability}]}");
        var answer = play(script, Dialogue.goal("x").offering("render"));

        assertThat(texts(answer))
                .containsExactly(
                        "[rehearsal] I pick.",
                        "I cannot call execute_capability: it is not among the tools I may use in this task.");
        assertThat(answer.stopReason()).isEqualTo(StopReason.END_TURN);
    }

    @Test
    void templatesAreFilledInEverywhere() {
        var script = Scripts.turns(
                "say: go",
                "{think: \"{{tools}}\", say: \"{{goal.word(2)}}/{{goal.word(9)}}/{{ last.text(3) }}/{{goal}}\","
                        + " call: [{tool: act, args: {a: [\"{{goal.word(1)}}\"], b: {c: \"x{{last.text(99)}}\"}, n: 1}}]}");
        var answer = play(
                script, Dialogue.goal("pick cube").offering("render", "act").called("render", "a𝄞b{{goal}}"));

        assertThat(answer.content().get(0).payload()).isEqualTo("render, act");
        assertThat(answer.content().get(1).payload()).isEqualTo("[rehearsal] cube//a𝄞b/pick cube");
        assertThat(answer.content().get(2).payload())
                .isEqualTo("{\"a\":[\"pick\"],\"b\":{\"c\":\"xa𝄞b{{goal}}\"},\"n\":1}");
    }

    @Test
    @DisplayName("E6.5: ids derive from the request and nothing else")
    void idsDeriveFromTheRequest() {
        var script = Scripts.turns("call: [{tool: render}, {tool: render}]");
        var dialogue = Dialogue.goal("x").offering("render");
        var answer = play(script, dialogue);

        assertThat(answer.id()).matches("msg_rehearsal_[0-9a-f]{24}");
        assertThat(answer.content())
                .extracting(block -> ((Block.ToolUse) block).id())
                .containsExactly(
                        "toolu_rehearsal_" + dialogue.request().shortDigest() + "_1",
                        "toolu_rehearsal_" + dialogue.request().shortDigest() + "_2");
        assertThat(play(script, dialogue)).isEqualTo(answer);
        assertThat(play(script, Dialogue.goal("y").offering("render")).id()).isNotEqualTo(answer.id());
    }

    @Test
    void theOrderOfMembersDoesNotChangeTheIdsAndNumbersWithoutCanonicalFormAreAccepted() throws Exception {
        var one = Json.read("{\"a\":1,\"messages\":[]}");
        var two = Json.read("{\"messages\":[],\"a\":1}");
        var huge = Json.read("{\"messages\":[],\"a\":9223372036854775807}");

        assertThat(MessagesRequest.of(one, new byte[1]).digest())
                .isEqualTo(MessagesRequest.of(two, new byte[2]).digest());
        assertThat(MessagesRequest.of(huge, new byte[3]).digest()).hasSize(64);
    }

    @Test
    void usageIsAQuarterOfTheBytesUnlessTheScriptStatesIt() {
        var dialogue = Dialogue.goal("x");
        var answer = play(Scripts.turns("say: \"äää\""), dialogue);

        assertThat(answer.usage().input()).isEqualTo((dialogue.request().bytes() + 3) / 4);
        assertThat(answer.usage().output()).isEqualTo(("[rehearsal] ".length() + 6 + 3) / 4);

        var stated = play(
                        Scripts.turns(
                                "{say: x, usage: {input: 10, output: 42, cache_read: 3, cache_write_5m: 4, cache_write_1h: 5, inference_geo: us}}"),
                        dialogue)
                .usage();
        assertThat(Json.line(stated.full()))
                .isEqualTo("{\"input_tokens\":10,\"cache_creation_input_tokens\":9,\"cache_read_input_tokens\":3,"
                        + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":4,\"ephemeral_1h_input_tokens\":5},"
                        + "\"output_tokens\":42,\"service_tier\":\"standard\",\"inference_geo\":\"us\"}");
        assertThat(stated.prompt()).isEqualTo(22);
    }

    @Test
    void theStopReasonCanBeOverridden() {
        var request = Dialogue.goal("x").offering("render").body();
        request.putArray("stop_sequences").add("###");
        var message = MessagesRequest.of(request, new byte[10]);
        var script = Scripts.turns("{say: x, stop: stop_sequence}");

        var answer = Actor.play(Actor.turn(script, message), message);

        assertThat(Json.line(answer.stop())).isEqualTo("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"###\"}");
        assertThat(play(
                                Scripts.turns("{call: [{tool: render}], stop: max_tokens}"),
                                Dialogue.goal("x").offering("render"))
                        .stopReason())
                .isEqualTo(StopReason.MAX_TOKENS);
    }
}
