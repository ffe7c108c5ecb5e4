package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.tool.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The body of an order, field by field (dispatcher.md 3.4). */
class OrderReaderTest {
    private static OrderReader.Result read(String json, Tier tier, boolean async) {
        var who = new Principal("crd-x", "caller", tier, Set.of(), CallerLimits.NONE, Surface.HTTP);
        return OrderReader.read(tree(json), who, async, Arrival.DIRECT);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.read(json);
        } catch (MalformedJsonException e) {
            throw new AssertionError(json, e);
        }
    }

    private static Order valid(String more) {
        var result = read("{\"goal\":\"x\"" + more + "}", Tier.READ, false);
        if (result instanceof OrderReader.Result.Valid(var order)) {
            return order;
        }
        throw new AssertionError(result.toString());
    }

    private static Refusal refusal(String json) {
        var result = read(json, Tier.READ, false);
        if (result instanceof OrderReader.Result.Invalid(var refusal)) {
            assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID_REQUEST);
            assertThat(refusal.detail()).isNotBlank();
            return refusal;
        }
        throw new AssertionError("accepted: " + json);
    }

    private static List<String> faults(String more) {
        return refusal("{\"goal\":\"x\"" + more + "}").errors().stream()
                .map(Refusal.FieldError::field)
                .toList();
    }

    @Test
    void everythingButTheGoalHasADefault() {
        var order = valid("");

        assertThat(order.kind()).isEqualTo(TaskKind.AGENT);
        assertThat(order.goal()).isEqualTo("x");
        assertThat(order.maxTurns()).isEqualTo(20);
        assertThat(order.maxBudgetMicros()).isEqualTo(500_000);
        assertThat(order.effect()).isEqualTo(Effect.OBSERVE);
        assertThat(order.engine()).isEmpty();
        assertThat(order.model()).isEmpty();
        assertThat(order.deadline()).isEqualTo(Duration.ofMinutes(15));
        assertThat(order.queue()).isFalse();
        assertThat(order.stream()).isEqualTo(StreamLevel.PROGRESS);
        assertThat(order.onDisconnect()).isEmpty();
        assertThat(order.approvalWait()).isEqualTo(Duration.ofMinutes(5));
        assertThat(order.deltas()).isFalse();
        assertThat(order.labels()).isEmpty();
        assertThat(order.ignoredFields()).isEmpty();
    }

    @Test
    void theEffectFollowsTheTierAndTheQueueFollowsTheWayOfAnswering() {
        var actuate = (OrderReader.Result.Valid) read("{\"goal\":\"x\"}", Tier.ACTUATE, true);

        assertThat(actuate.order().effect()).isEqualTo(Effect.ACTUATE);
        assertThat(actuate.order().queue()).isTrue();
        var less = (OrderReader.Result.Valid) read("{\"goal\":\"x\",\"effect\":\"observe\"}", Tier.ACTUATE, false);
        assertThat(less.order().effect()).isEqualTo(Effect.OBSERVE);
    }

    @Test
    void everyFieldIsTaken() {
        var order = valid(",\"max_turns\":7,\"max_budget_usd\":1.25,\"effect\":\"actuate\",\"engine\":\"embedded\","
                + "\"model\":\"m\",\"deadline_s\":5,\"queue\":true,\"stream\":\"result\",\"on_disconnect\":\"finish_step\","
                + "\"approval_wait_s\":3600,\"deltas\":true,\"labels\":{\"a\":\"b\"},\"kind\":\"agent\"");

        assertThat(order.maxTurns()).isEqualTo(7);
        assertThat(order.maxBudgetMicros()).isEqualTo(1_250_000);
        assertThat(order.effect()).isEqualTo(Effect.ACTUATE);
        assertThat(order.engine()).hasValue("embedded");
        assertThat(order.model()).hasValue("m");
        assertThat(order.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(order.queue()).isTrue();
        assertThat(order.stream()).isEqualTo(StreamLevel.RESULT);
        assertThat(order.onDisconnect()).hasValue(DisconnectPolicy.FINISH_STEP);
        assertThat(order.approvalWait()).isEqualTo(Duration.ofHours(1));
        assertThat(order.deltas()).isTrue();
        assertThat(order.labels()).isEqualTo(Map.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"goal\"", "null", "true"})
    void bodiesThatAreNoObject(String json) {
        assertThat(refusal(json).errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"goal\":null}",
                "{\"goal\":1}",
                "{\"goal\":[\"x\"]}",
                "{\"goal\":\"\"}",
                "{\"goal\":\"   \"}",
                "{\"goal\":\"\\n\\t\"}",
                "{\"goal\":\"a\\u0000b\"}",
                "{\"goal\":\"a\\u001b[31mb\"}",
                "{\"goal\":\"a\\u007fb\"}",
                "{\"goal\":\"a\\u0085b\"}",
                "{\"goal\":\"\\ud800\"}"
            })
    void goalsThatAreNone(String json) {
        assertThat(refusal(json).errors()).extracting(Refusal.FieldError::field).containsExactly("goal");
    }

    @Test
    void aGoalIsCountedInCodePointsAndMayHaveLines() {
        assertThat(valid(",\"labels\":{}").goal()).isEqualTo("x");
        var longest = "\uD834\uDD1E".repeat(10_000);
        assertThat(read("{\"goal\":\"" + longest + "\"}", Tier.READ, false))
                .isInstanceOf(OrderReader.Result.Valid.class);
        assertThat(read("{\"goal\":\"" + longest + "x\"}", Tier.READ, false))
                .isInstanceOf(OrderReader.Result.Invalid.class);
        assertThat(read("{\"goal\":\"one\\ntwo\\r\\n\\tthree\"}", Tier.READ, false))
                .isInstanceOf(OrderReader.Result.Valid.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 100", "20.0, 20", "'\"20\"', 20", "'\"20.0\"', 20", "2e1, 20"})
    @DisplayName("3.4: numbers are taken as 0.2.0 took them")
    void lenientTurns(String json, int turns) {
        assertThat(valid(",\"max_turns\":" + json).maxTurns()).isEqualTo(turns);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "101",
                "1.5",
                "true",
                "false",
                "null",
                "[]",
                "{}",
                "\"\"",
                "\"x\"",
                "\"1e1\"",
                "\" 20\"",
                "\"0x10\"",
                "9007199254740993",
                "1e400",
                "1e999999999",
                "1e-999999999",
                "99999999999999999999999",
                "\"NaN\"",
                "\"Infinity\""
            })
    void badTurns(String json) {
        assertThat(faults(",\"max_turns\":" + json)).containsExactly("max_turns");
    }

    @ParameterizedTest
    @CsvSource({
        "50, 50000000",
        "50.0, 50000000",
        "0.000001, 1",
        "'\"0.5\"', 500000",
        "1e-3, 1000",
        "49.9999999, 49999999"
    })
    void budgets(String json, long micros) {
        assertThat(valid(",\"max_budget_usd\":" + json).maxBudgetMicros()).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "-1",
                "50.000001",
                "true",
                "null",
                "\"\"",
                "\"free\"",
                "\"1e1\"",
                "[1]",
                "1e400",
                "0.0000001",
                "1e-400",
                "1e-999999999",
                "1e999999999"
            })
    void badBudgets(String json) {
        assertThat(faults(",\"max_budget_usd\":" + json)).containsExactly("max_budget_usd");
    }

    @ParameterizedTest
    @CsvSource({
        "effect, '\"stop\"'",
        "effect, '\"ACTUATE\"'",
        "effect, '\"admin\"'",
        "effect, 1",
        "effect, null",
        "engine, '\"\"'",
        "engine, 1",
        "engine, null",
        "model, '\"\"'",
        "model, []",
        "model, '\" \"'",
        "deadline_s, 4",
        "deadline_s, 86401",
        "deadline_s, 5.5",
        "deadline_s, true",
        "queue, 1",
        "queue, '\"true\"'",
        "queue, null",
        "stream, '\"all\"'",
        "stream, '\"FULL\"'",
        "stream, 1",
        "on_disconnect, '\"hold\"'",
        "on_disconnect, null",
        "approval_wait_s, 4",
        "approval_wait_s, 3601",
        "deltas, 0",
        "deltas, '\"no\"'",
        "labels, []",
        "labels, null",
        "labels, '{\"a\":1}'",
        "labels, '{\"a\":null}'",
        "labels, x",
        "kind, '\"robot\"'",
        "kind, 1",
        "deadman_s, 1",
        "deadman_s, 61",
        "deadman_s, true"
    })
    void badFieldsAreNamed(String field, String json) {
        assertThat(faults(",\"" + field + "\":" + (json.equals("x") ? "\"x\"" : json)))
                .containsExactly(field);
    }

    @Test
    void textsHaveALength() {
        assertThat(valid(",\"model\":\"" + "m".repeat(100) + "\"").model()).isPresent();
        assertThat(faults(",\"model\":\"" + "m".repeat(101) + "\"")).containsExactly("model");
    }

    @Test
    @DisplayName("D11.6: a caller may promise to renew every 2 to 60 seconds")
    void deadMan() {
        assertThat(valid("").deadMan()).isEmpty();
        assertThat(valid(",\"deadman_s\":2").deadMan()).contains(Duration.ofSeconds(2));
        assertThat(valid(",\"deadman_s\":60").deadMan()).contains(Duration.ofSeconds(60));
    }

    @Test
    void labelsAreBounded() {
        assertThat(valid(",\"labels\":" + labels(16, 64)).labels()).hasSize(16);
        assertThat(faults(",\"labels\":" + labels(17, 1))).containsExactly("labels");
        assertThat(faults(",\"labels\":" + labels(1, 65))).containsExactly("labels");
        assertThat(faults(",\"labels\":{\"" + "k".repeat(65) + "\":\"v\"}")).containsExactly("labels");
    }

    private static String labels(int count, int length) {
        var labels = Json.object();
        for (var i = 0; i < count; i++) {
            labels.put("k" + i, "v".repeat(length));
        }
        return Json.line(labels);
    }

    @Test
    void everyFaultIsReported() {
        assertThat(faults(",\"max_turns\":0,\"stream\":\"x\",\"queue\":1,\"deadman_s\":1"))
                .containsExactlyInAnyOrder("max_turns", "stream", "queue", "deadman_s");
    }

    @Test
    @DisplayName("D3.3: unknown members are ignored, and named, sixteen at most")
    void unknownMembers() {
        assertThat(valid(",\"mcp_command\":\"/bin/sh\",\"base_url\":\"http://x\",\"Goal\":\"y\"")
                        .ignoredFields())
                .containsExactly("mcp_command", "base_url", "Goal");
        var many = new StringBuilder();
        for (var i = 0; i < 40; i++) {
            many.append(",\"f").append(i).append("\":").append(i);
        }
        assertThat(valid(many.toString()).ignoredFields()).hasSize(16);
        assertThat(valid(",\"" + "n".repeat(500) + "\":1").ignoredFields().getFirst())
                .hasSize(64);
    }

    @Property(tries = 300)
    @Label("T10.1: no member that is not in the table changes an order")
    void extraMembersChangeNothing(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name, @ForAll String value) {
        var plain = valid("");
        var extra = ",\"x_" + name + "\":" + Json.line(Json.tree(value));

        var order = valid(extra);

        assertThat(order.ignoredFields()).containsExactly("x_" + name);
        assertThat(order)
                .usingRecursiveComparison()
                .ignoringFields("ignoredFields")
                .isEqualTo(plain);
    }

    @Property(tries = 300)
    void wholeNumbersAreTakenExactlyInTheirRange(@ForAll @IntRange(min = -1000, max = 1000) int turns) {
        var result = read("{\"goal\":\"x\",\"max_turns\":" + turns + "}", Tier.READ, false);

        if (turns >= 1 && turns <= 100) {
            assertThat(((OrderReader.Result.Valid) result).order().maxTurns()).isEqualTo(turns);
        } else {
            assertThat(result).isInstanceOf(OrderReader.Result.Invalid.class);
        }
    }
}
