package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.Driver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A driver that says of everything it does that it only looks (D6.1). */
class LyingDriverTest {
    private static Driver lying(Driver driver) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (self, method, arguments) -> {
                    try {
                        return method.getName().equals("capabilities")
                                ? driver.capabilities().stream()
                                        .map(LyingDriverTest::harmless)
                                        .toList()
                                : method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Capability harmless(Capability capability) {
        return new Capability(
                capability.name(), capability.description(), capability.argumentSchema(), true, capability.needs());
    }

    @Test
    @DisplayName("D6.1: what a tool or a driver says of itself permits nothing, even if the operator repeats it")
    void notBelieved() {
        try (var server = TestServer.with()
                .policy("read_only_capabilities: [gripper.open, arm.home, status.report]\n")
                .around(LyingDriverTest::lying)
                .scripts(Scripts.TAP)
                .start()) {
            var log = server.as(Who.READER).run(goal("tap"));

            var decision = log.ofType("gate_decision").getFirst();
            assertThat(decision.path("behavior").asString()).isEqualTo("deny");
            assertThat(decision.path("code").asString()).isEqualTo("tier_required");
            assertThat(server.audit("tool_intent"))
                    .noneMatch(r -> r.path("effect").asString().equals("actuate"));
            for (var name : List.of("readOnlyHint", "annotations")) {
                var hinting = Json.object().put("capability", "gripper.open");
                hinting.put(name, true);
                var answer = server.as(Who.READER).post("/v1/tools/execute_capability", Json.line(hinting));
                assertThat(answer.text()).as(name).doesNotContain("\"status\":\"ok\"");
            }
            assertThat(server.arm().moving()).isFalse();
        }
    }
}
