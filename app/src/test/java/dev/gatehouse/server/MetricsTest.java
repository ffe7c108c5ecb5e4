package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The figures of a server, read as strictly as the text format 0.0.4 can be (dispatcher.md 3.1). */
class MetricsTest {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\"";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{" + LABEL + "(?:," + LABEL
            + ")*})? (-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?|[+-]Inf|NaN)");

    /** Reads a page by the grammar; each sample belongs to the family before it, and none comes twice. */
    private static Map<String, String> parse(String page) {
        assertThat(page).endsWith("\n");
        var samples = new HashMap<String, String>();
        var families = new HashSet<String>();
        var family = "";
        var type = "";
        for (var line : page.lines().toList()) {
            var help = HELP.matcher(line);
            var typed = TYPE.matcher(line);
            var sample = SAMPLE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                assertThat(families.add(family)).as("a second %s", family).isTrue();
                type = "";
            } else if (typed.matches()) {
                assertThat(typed.group(1)).isEqualTo(family);
                type = typed.group(2);
            } else {
                assertThat(line).matches(SAMPLE);
                assertThat(sample.matches()).isTrue();
                var name = sample.group(1);
                var plain = type.equals("histogram") ? name.replaceAll("_(bucket|sum|count)$", "") : name;
                assertThat(plain).isEqualTo(family);
                assertThat(type.equals("counter")).isEqualTo(family.endsWith("_total"));
                assertThat(samples.put(line.substring(0, line.lastIndexOf(' ')), sample.group(3)))
                        .as(line)
                        .isNull();
            }
        }
        return samples;
    }

    private static Map<String, String> read(TestServer server) {
        var answer = server.as(Who.ADMIN).get("/metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        return parse(answer.text());
    }

    private static double number(Map<String, String> samples, String name) {
        assertThat(samples).containsKey(name);
        return Double.parseDouble(samples.getOrDefault(name, ""));
    }

    @Test
    @DisplayName("2.2: figures are for admins")
    void forAdminsOnly() {
        try (var server = TestServer.start()) {
            assertProblem(server.as(Who.ACTUATOR).get("/metrics"), 403, "role_required");
        }
    }

    @Test
    @DisplayName("3.1: tasks, decisions, money, the audit and stops are counted as they happened")
    void counts() {
        try (var server = TestServer.start()) {
            assertThat(server.as(Who.ACTUATOR)
                            .run(Scripts.goal("describe the arm"))
                            .status())
                    .isNotEmpty();
            assertThat(server.as(Who.READER)
                            .post("/v1/tools/execute_capability", "{\"capability\":\"arm.home\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(server.as(Who.BUTTON).post("/v1/estop", "").status()).isEqualTo(200);
            assertProblem(
                    server.as(Who.ACTUATOR).post("/dispatch", Scripts.goal("pick the cube")), 409, "estop_latched");
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(number(read(server), "gatehouse_stop_issued_seconds_count"))
                            .isEqualTo(1));

            var samples = read(server);
            var ended = samples.entrySet().stream()
                    .filter(e -> e.getKey().startsWith("gatehouse_tasks_ended_total"))
                    .mapToDouble(e -> Double.parseDouble(e.getValue()))
                    .sum();
            assertThat(ended).isEqualTo(1);
            assertThat(number(samples, "gatehouse_gate_decisions_total{behavior=\"deny\",code=\"tier_required\"}"))
                    .isEqualTo(1);
            assertThat(number(samples, "gatehouse_gate_decisions_total{behavior=\"allow\",code=\"ok\"}"))
                    .isPositive();
            assertThat(number(samples, "gatehouse_orders_refused_total{code=\"estop_latched\"}"))
                    .isEqualTo(1);
            assertThat(number(samples, "gatehouse_audit_records_total{event=\"task_created\"}"))
                    .isEqualTo(1);
            assertThat(number(samples, "gatehouse_stop_latched")).isEqualTo(1);
            assertThat(number(samples, "gatehouse_stop_issued_seconds_bucket{le=\"+Inf\"}"))
                    .isEqualTo(1);
            assertThat(number(samples, "gatehouse_audit_ok")).isEqualTo(1);
            assertThat(number(samples, "gatehouse_ready")).isEqualTo(1);
            assertThat(number(samples, "gatehouse_task_slots")).isEqualTo(4);
            assertThat(number(samples, "gatehouse_queue_limit")).isPositive();
            assertThat(number(samples, "process_start_time_seconds")).isBetween(1.7e9, 1e10);
        }
    }

    @Test
    @DisplayName("T12.3, T27: no label is a text that a caller chose, and no secret is there")
    void labelsAreOurs() {
        try (var server = TestServer.start()) {
            server.as(Who.READER).post("/v1/tools/canary_tool_name", "{}");
            server.as(Who.READER).run("{\"goal\":\"canary goal\",\"labels\":{\"canary\":\"canary\"}}");

            var page = server.as(Who.ADMIN).get("/metrics").text();
            assertThat(page).doesNotContain("canary", Caller.KEY, Who.READER.token());
            assertThat(page).contains("code=\"tool_unknown\"");
        }
    }

    @Test
    @DisplayName("3.1: who follows is counted while they follow")
    void followers() {
        try (var server = TestServer.with().scripts(Scripts.CREEP).start()) {
            try (var events = server.as(Who.ACTUATOR).dispatch(Scripts.goal("creep"))) {
                events.await("accepted");
                assertThat(number(read(server), "gatehouse_streams_open")).isEqualTo(1);
                assertThat(number(read(server), "gatehouse_task_slots_used")).isEqualTo(1);
            }
            server.as(Who.BUTTON).post("/v1/estop", "");
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(number(read(server), "gatehouse_streams_open"))
                            .isZero());
        }
    }
}
