package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Answer;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.json.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({
        "COMPLETED,0", "REFUSED,2", "FAILED,3", "BUDGET_EXCEEDED,4", "DEADLINE,5", "ESTOPPED,6",
        "MAX_TURNS,8", "CANCELED,9", "UNKNOWN,10", "STOPPED_DISCONNECT,11", "TOOL_DRIFT,12", "RUNNING,76",
    })
    @DisplayName("D18.4: how a task ended")
    void ends(TaskState state, int exit) {
        assertThat(ExitCode.of(state)).isEqualTo(exit);
    }

    @ParameterizedTest
    @CsvSource({
        "409,busy,7",
        "503,no_capacity,7",
        "429,too_many_tasks,7",
        "409,idempotency_in_flight,7",
        "429,daily_budget,4",
        "409,estop_latched,6",
        "409,manifest_changed,2",
        "503,audit_unavailable,3",
        "500,internal,3",
        "503,starting,69",
        "401,unauthorized,77",
        "403,role_required,77",
        "429,too_many_failures,77",
        "422,invalid_request,64",
        "422,idempotency_mismatch,64",
        "413,too_large,64",
        "404,,76",
        "421,misdirected,76",
        "302,,76",
        "503,,7",
    })
    @DisplayName("D18.4: why an order was not taken")
    void refusals(int status, String code, int exit) {
        var body = Json.object().put("code", code == null ? "" : code);

        assertThat(ExitCode.ofRefusal(new Answer(status, body))).isEqualTo(exit);
    }
}
