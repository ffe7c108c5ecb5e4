package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a script without faults says, its streams obey engines.md section 3 and its dialogue comes to an end. */
class AnyScriptTest {
    @Property(tries = 60)
    void everyStreamOfAnyScriptObeysTheRules(@ForAll("turns") ObjectNode script) throws MalformedJsonException {
        // JSON is YAML, which spares this test a writer of YAML.
        var parsed = Scripts.parse(Json.line(script));
        var dialogue = Dialogue.goal("pick the cube").offering("render", "status");

        for (var i = 0; i < 12; i++) {
            var request = dialogue.request();
            var turn = Actor.turn(parsed, request);
            var answer = Actor.play(turn, request);
            var reader = new StreamReader();
            for (var step : Delivery.stream(answer, turn.pace().orElse(Pace.NONE), Optional.empty())
                    .steps()) {
                if (step instanceof Delivery.Send send) {
                    reader.read(send.text());
                }
            }
            assertThat(CanonicalJson.text(reader.message())).isEqualTo(CanonicalJson.text(answer.whole()));
            dialogue.then(answer.whole(), "one", "two", "three");
        }
    }

    @Provide
    Arbitrary<ObjectNode> turns() {
        var text = Arbitraries.strings()
                .withChars("abc äöü𝄞\"\\:#{}[]-'\n\t")
                .ofMinLength(1)
                .ofMaxLength(60)
                .map(it -> "x" + it.replace("{{", "{"));
        var tool = Arbitraries.of("render", "status", "absent");
        var call = Combinators.combine(tool, text).as((name, argument) -> {
            var node = Json.object().put("tool", name);
            node.putObject("args").put("a", argument).put("b", "{{goal.word(2)}}{{last.text(5)}}");
            return node;
        });
        Arbitrary<ObjectNode> turn = Combinators.combine(
                        text.optional(),
                        text.optional(),
                        call.list().ofMaxSize(3),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of("end_turn", "max_tokens", "pause_turn").optional())
                .as((say, think, calls, chunk, tokens, stop) -> {
                    var node = Json.object();
                    say.ifPresent(it -> node.put("say", it));
                    think.ifPresent(it -> node.put("think", it));
                    if (!calls.isEmpty()) {
                        node.set(
                                "call",
                                Json.array()
                                        .addAll(calls.stream()
                                                .map(JsonNode.class::cast)
                                                .toList()));
                    }
                    stop.ifPresent(it -> node.put("stop", it));
                    node.putObject("pace").put("chunk_chars", chunk).put("chunk_ms", chunk);
                    node.putObject("usage").put("output", tokens).put("cache_read", tokens);
                    node.put("repeat", 1 + tokens % 3);
                    return node;
                });
        return turn.list().ofMinSize(1).ofMaxSize(5).map(list -> {
            var script = Json.object().put("rehearsal", 1).put("name", "any");
            list.forEach(script.putArray("turns")::add);
            return script;
        });
    }
}
