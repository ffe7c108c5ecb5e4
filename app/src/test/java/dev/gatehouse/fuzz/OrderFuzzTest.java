package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.dispatch.Arrival;
import dev.gatehouse.dispatch.OrderReader;
import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** dispatcher.md 3.4: whatever a body says, it is an order within its bounds or a refusal that names fields. */
class OrderFuzzTest {
    private static final Principal CALLER =
            new Principal("crd-1", "fuzz", Tier.ACTUATE, Set.of(), CallerLimits.NONE, Surface.HTTP);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"goal\":\"look\"}",
                        """
                {"goal":"pick","max_turns":5,"max_budget_usd":0.25,"effect":"actuate","engine":"embedded","model":"m",
                 "deadline_s":60,"queue":true,"stream":"full","on_disconnect":"stop","deadman_s":2,"approval_wait_s":10,
                 "deltas":true,"labels":{"a":"b"},"on_behalf_of":["x","y"],"other":[1e400,null,{"x":-0.0}]}""",
                        "{\"goal\":\"\\u0000\\ud800\",\"max_turns\":1e3,\"labels\":{\"\":\"\"},\"deadline_s\":\"5\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void orderOrRefusal(byte[] bytes) {
        JsonNode body;
        try {
            body = Json.read(bytes);
        } catch (MalformedJsonException e) {
            return;
        }
        switch (OrderReader.read(body, CALLER, false, Arrival.DIRECT)) {
            case OrderReader.Result.Valid(var order) -> {
                assertThat(order.goal()).isNotBlank();
                assertThat(order.maxTurns()).isPositive();
                assertThat(order.maxBudgetMicros()).isBetween(1L, 50_000_000L);
                assertThat(order.deadline()).isPositive();
            }
            case OrderReader.Result.Invalid(var refusal) ->
                assertThat(refusal.errors()).isNotEmpty();
        }
    }
}
