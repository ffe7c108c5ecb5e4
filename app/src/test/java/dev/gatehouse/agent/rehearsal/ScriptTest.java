package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @Test
    @DisplayName("engines.md 6: every member of the table is read")
    void everyMemberIsRead() {
        var script = Scripts.parse("""
                rehearsal: 1
                name: everything
                match: "(?i)pick|grasp"
                turns:
                  - say: "I will look first."
                    think: "Hm, {{goal}}."
                    call:
                      - {tool: render, args: {}}
                      - {tool: execute_capability, args: {capability: arm.pick, args: {target: "{{goal.word(2)}}", n: [1, -0.5, true, null]}}}
                      - tool: status
                    when: {last_reason: "a|b", last_text: "c", has_tool: render, turn: 3}
                    stop: max_tokens
                    usage: {input: 1800, output: 60, cache_read: 1200, cache_write_5m: 5, cache_write_1h: 6, inference_geo: us}
                    pace: {first_ms: 10, chunk_chars: 3, chunk_ms: 2}
                    fault: {http: 529, times: 2, retry_after: 1}
                    repeat: 4
                  - say: "again"
                    repeat: forever
                """);

        assertThat(script.name()).isEqualTo("everything");
        assertThat(script.fits("please PICK it")).isTrue();
        assertThat(script.fits("look")).isFalse();
        assertThat(script.turns()).hasSize(2);
        var turn = script.turns().getFirst();
        assertThat(turn.calls()).hasSize(3);
        assertThat(turn.calls().get(1).tool()).isEqualTo("execute_capability");
        assertThat(Json.line(turn.calls().get(1).args()))
                .isEqualTo(
                        "{\"capability\":\"arm.pick\",\"args\":{\"target\":\"{{goal.word(2)}}\",\"n\":[1,-0.5,true,null]}}");
        assertThat(turn.calls().get(2).args()).isEmpty();
        assertThat(turn.when().hasTool()).contains("render");
        assertThat(turn.when().turn()).hasValue(3);
        assertThat(turn.stop()).contains(StopReason.MAX_TOKENS);
        assertThat(turn.usage())
                .isEqualTo(new ScriptedUsage(OptionalInt.of(1800), OptionalInt.of(60), 1200, 5, 6, Optional.of("us")));
        assertThat(turn.pace()).contains(new Pace(10, 3, 2));
        assertThat(turn.fault()).contains(new Fault.Http(529, OptionalInt.of(1), OptionalInt.of(2)));
        assertThat(turn.repeat()).isEqualTo(4);
        assertThat(script.turns().get(1).repeat()).isEqualTo(Turn.FOREVER);
    }

    @Test
    void aScriptWithoutMatchFitsEveryGoal() {
        assertThat(Scripts.turns("say: x").fits("")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {http: 401}                                       | Http[status=401, retryAfterSeconds=OptionalInt.empty, times=OptionalInt.empty]
            {sse_error: overloaded_error, after_events: 4}    | SseError[type=OVERLOADED_ERROR, afterEvents=4, times=OptionalInt.empty]
            {cut_after: 5, times: 1}                          | Cut[afterEvents=5, times=OptionalInt[1]]
            {hang_ms: 90000}                                  | Hang[millis=90000, afterEvents=0, times=OptionalInt.empty]
            {hang_ms: 90000, after_events: 2}                 | Hang[millis=90000, afterEvents=2, times=OptionalInt.empty]
            {no_stop: true}                                   | NoStop[times=OptionalInt.empty]
            {bad_json: true}                                  | BadJson[times=OptionalInt.empty]
            {unknown_event: true, times: 3}                   | UnknownEvent[times=OptionalInt[3]]
            """)
    void everyKindOfFaultIsRead(String fault, String expected) {
        var turn = Scripts.turns("{say: x, call: [{tool: render}], fault: " + fault + "}")
                .turns()
                .getFirst();

        assertThat(turn.fault().orElseThrow()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {sya: x}                                       | turns[0].sya: unknown member 'sya' (known: call, fault, pace, repeat, say, stop, think, usage, when)
            {say: x, say: y}                               | turns[0].say: stands there twice
            {say: 5}                                       | turns[0].say: must be a string
            {say: ""}                                      | turns[0].say: must not be empty
            {say: "{{env.HOME}}"}                          | turns[0].say: {{env.HOME}} is not a template
            {say: "{{goal.word(0)}}"}                      | turns[0].say: {{goal.word(0)}} is not a template
            {call: {tool: render}}                         | turns[0].call: must be a list
            {call: [{args: {}}]}                           | turns[0].call[0]: member 'tool' is missing
            {call: [{tool: x, args: [1]}]}                 | turns[0].call[0].args: must be a mapping
            {call: [{tool: x, args: {a: .nan}}]}           | turns[0].call[0].args.a: must be a decimal number that JSON can hold
            {call: [{tool: x, args: {a: 0xff}}]}           | turns[0].call[0].args.a: must be a decimal number that JSON can hold
            {call: [{tool: x, args: {a: "{{no}}"}}]}       | turns[0].call[0].args: {{no}} is not a template
            {call: [{tool: x, args: {true: b}}]}           | turns[0].call[0].args: must be a string
            {when: {last_reason: "("}}                     | turns[0].when.last_reason: is not a regular expression
            {when: {reason: x}}                            | turns[0].when.reason: unknown member 'reason'
            {when: {turn: 0}}                              | turns[0].when.turn: must be between 1 and 1000000
            {stop: tool_use}                               | turns[0].stop: must be one of end_turn
            {stop: done}                                   | turns[0].stop: must be one of end_turn
            {usage: {input: -1}}                           | turns[0].usage.input: must be between 0 and 100000000
            {usage: {cost: 1}}                             | turns[0].usage.cost: unknown member 'cost'
            {pace: {chunk_chars: 0}}                       | turns[0].pace.chunk_chars: must be between 1 and 1000000
            {repeat: often}                                | turns[0].repeat: must be a whole number
            {repeat: 0}                                    | turns[0].repeat: must be between 1 and 1000000
            {fault: {}}                                    | turns[0].fault: needs exactly one of
            {fault: {no_stop: true, http: 500}}            | turns[0].fault: needs exactly one of
            {fault: {no_stop: false}}                      | turns[0].fault.no_stop: must be true
            {fault: {http: 200}}                           | turns[0].fault.http: must be between 400 and 599
            {fault: {cut_after: 1, retry_after: 1}}        | turns[0].fault.retry_after: unknown member 'retry_after' (known: cut_after, times)
            {fault: {sse_error: bad_day}}                  | turns[0].fault.sse_error: must be one of invalid_request_error
            {fault: {bad_json: true}}                      | turns[0]: the fault bad_json needs a call
            {fault: {hang_ms: 600001}}                     | turns[0].fault.hang_ms: must be between 0 and 600000
            """)
    void aMistakeIsNamedWithItsLineAndPlace(String turn, String message) {
        assertThatThrownBy(() -> Script.parse("rehearsal: 1\nname: n\nturns:\n  - " + turn + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("line 4: " + message);
    }

    @Test
    void theLineIsThatOfTheMistake() {
        assertThatThrownBy(() -> Script.parse("""
                rehearsal: 1
                name: n
                turns:
                  - say: one
                  - say: two
                    pace:
                      first_ms: soon
                """))
                .hasMessage("line 7: turns[1].pace.first_ms: must be a whole number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "just text",
                "rehearsal: 2\nname: n\nturns: [{say: x}]",
                "name: n\nturns: [{say: x}]",
                "rehearsal: 1\nturns: [{say: x}]",
                "rehearsal: 1\nname: n",
                "rehearsal: 1\nname: n\nturns: []",
                "rehearsal: 1\nname: n\nturns: [{say: x}",
                "rehearsal: 1\nname: n\nturns: [{say: x}]\n---\nrehearsal: 1",
                "rehearsal: 1\nname: &a n\nturns: [{say: *a}]",
                "rehearsal: 1\nname: n\nturns: [{say: !!binary x}]",
                "rehearsal: 1\nname: n\nturns: [{say: \u0007}]"
            })
    void whatIsNoScriptIsRefused(String yaml) {
        assertThatThrownBy(() -> Script.parse(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("line \\d+: (?s:.+)");
    }

    @Test
    void depthAndLengthAreBounded() {
        var deep = "rehearsal: 1\nname: n\nturns: [{call: [{tool: x, args: {a: " + "[".repeat(5000) + "]".repeat(5000)
                + "}}]}]";
        assertThatThrownBy(() -> Script.parse(deep)).hasMessage("line 3: nested too deeply");
        assertThatThrownBy(() -> Script.parse("a".repeat(300_000))).hasMessageContaining("more than 262144 characters");
    }
}
