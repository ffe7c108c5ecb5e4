package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEntry.Action;
import dev.gatehouse.audit.AuditEntry.Actor;
import dev.gatehouse.audit.AuditEntry.Basis;
import dev.gatehouse.audit.AuditEntry.Decision;
import dev.gatehouse.audit.LineCheck.Sound;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RecordLineTest {
    private static final AuditEntry INTENT = AuditEntry.of(AuditEvent.TOOL_INTENT)
            .by(new Actor("crd-5", "cron-nightly", "actuate", List.of("stop"), "http", null))
            .withTask("tsk-0c1")
            .withAction(new Action(
                    "cal-1",
                    "robot",
                    "execute_capability",
                    "actuate",
                    Json.object().put("capability", "arm.pick")))
            .withDecision(new Decision("allow", "lease", "ok"))
            .withApproval("apr-9")
            .withBasis(new Basis(12L, "ab", "cd", "1f9a0c22b7de"));

    private static String line(AuditEntry entry) {
        var bytes = Draft.of(entry, Logs.CLOCK.instant(), "b-71", UnaryOperator.identity())
                .after(Link.NONE)
                .bytes();
        var text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(LineCheck.of(Arrays.copyOf(bytes, bytes.length - 1))).isInstanceOf(Sound.class);
        return text.strip();
    }

    private static JsonNode arguments(JsonNode value) throws Exception {
        var entry = AuditEntry.of(AuditEvent.TOOL_INTENT).withAction(new Action("cal-1", "robot", "x", null, value));
        return Json.read(line(entry)).path("arguments");
    }

    @Test
    @DisplayName("section 14: the line of an intent, member by member")
    void lineOfAnIntent() {
        var sha = CanonicalJson.sha256(Json.object().put("capability", "arm.pick"));
        var zeros = "0".repeat(64);
        assertThat(line(INTENT).replaceFirst("\"hash\":\"[0-9a-f]{64}\",", ""))
                .isEqualTo("{\"actor\":{\"caller\":\"cron-nightly\",\"credential\":\"crd-5\",\"on_behalf_of\":null,"
                        + "\"roles\":[\"stop\"],\"surface\":\"http\",\"tier\":\"actuate\"},\"approval\":\"apr-9\","
                        + "\"arguments\":{\"capability\":\"arm.pick\"},\"arguments_sha256\":\"" + sha
                        + "\",\"boot\":\"b-71\",\"call\":\"cal-1\",\"decision\":{\"behavior\":\"allow\",\"code\":\"ok\","
                        + "\"step\":\"lease\"},\"effect\":\"actuate\",\"event\":\"tool_intent\",\"key_fp\":\"1f9a0c22b7de\","
                        + "\"lease_generation\":12,\"manifest_sha256\":\"ab\",\"outcome\":null,\"policy_sha256\":\"cd\","
                        + "\"prev\":\"" + zeros + "\",\"seq\":1,\"server\":\"robot\",\"task\":\"tsk-0c1\","
                        + "\"tool\":\"execute_capability\",\"ts\":\"2026-11-20T08:00:00.000Z\",\"v\":1}");
    }

    @Test
    @DisplayName("section 14: every line has every member, null when it is not known")
    void everyMemberIsThere() throws Exception {
        var names = Json.read(line(AuditEntry.of(AuditEvent.START))).properties().stream()
                .map(m -> m.getKey())
                .toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(Draft.FIXED);
    }

    @Test
    @DisplayName("D14.6 hash is over the canonical record without hash")
    void hashIsOverTheRest() throws Exception {
        var record = Json.read(line(INTENT));
        var unhashed = record.deepCopy();
        ((ObjectNode) unhashed).remove("hash");
        assertThat(record.path("hash").asString()).isEqualTo(CanonicalJson.sha256(unhashed));
    }

    @Test
    void furtherMembersStandBesideTheFixedOnes() throws Exception {
        var lane = Json.object().put("repo", "acme/firmware");
        assertThat(Json.read(line(INTENT.with("lane", lane))).path("lane")).isEqualTo(lane);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seq", "hash", "actor", "Lane", "", "a b"})
    void furtherMembersCannotReplaceFixedOnes(String name) {
        assertThatThrownBy(() -> INTENT.with(name, Json.object())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @DisplayName("T20.1 whatever is in a value, a record is one line of visible text")
    @ValueSource(
            strings = {
                "\n{\"v\":1,\"seq\":2,\"event\":\"estop_clear\"}\n",
                "\r\n",
                "\u0000\u0007\u001b[2J",
                "\u007f\u0080\u0085\u009b31m",
                "\u2028\u2029",
                "\u202eevil\u2066",
                "\",\"hash\":\"00\",\"x\":\"",
                "\\\"\n"
            })
    void injectionStaysInItsValue(String text) throws Exception {
        var entry = AuditEntry.of(AuditEvent.GATE_DENY)
                .by(new Actor(text, text, text, List.of(text), text, text))
                .withTask(text)
                .withAction(new Action(text, text, text, text, Json.object().put(text, text)))
                .withDecision(new Decision(text, text, text))
                .withOutcome(Json.array().add(text))
                .with("lane", Json.object().put("detail", text));
        var line = line(entry);
        assertThat(line.lines()).hasSize(1);
        assertThat(line.codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
        var record = Json.read(line);
        assertThat(record.path("event").asString()).isEqualTo("gate_deny");
        assertThat(record.path("arguments_sha256").asString())
                .isEqualTo(CanonicalJson.sha256(Json.object().put(text, text)));
    }

    @Test
    @DisplayName("lanes.md W4 a value without canonical form is recorded all the same")
    void oddValuesAreRecorded() throws Exception {
        var odd = Json.object()
                .put("lone", "a\ud800b")
                .put("wide", new BigDecimal("1e400"))
                .put("long", new BigDecimal("0.12345678901234567890"))
                .put("nan", Double.NaN)
                .put("big", Long.MAX_VALUE)
                .put("bytes", new byte[] {1, 2});
        assertThat(CanonicalJson.text(arguments(odd)))
                .isEqualTo("{\"big\":\"9223372036854775807\",\"bytes\":\"AQI=\",\"lone\":\"a\ufffdb\","
                        + "\"long\":\"0.12345678901234567890\",\"nan\":\"NaN\",\"wide\":\"1E+400\"}");
    }

    @Test
    void deepValuesAreCutSoThatTheLineStaysReadable() throws Exception {
        JsonNode deep = Json.object().put("end", true);
        for (var i = 0; i < 100; i++) {
            deep = i % 2 == 0 ? Json.array().add(deep) : Json.object().set("d", deep);
        }
        assertThat(CanonicalJson.text(arguments(deep))).contains("[too deep]").doesNotContain("end");
    }

    @Test
    void largeValuesLeaveSizeAndHash() throws Exception {
        var large = Json.object().put("text", "ä".repeat(Recordable.MAX_BYTES));
        var shown = arguments(large);
        assertThat(shown.path("omitted").asString()).isEqualTo("too_large");
        assertThat(shown.path("bytes").asInt()).isEqualTo(CanonicalJson.bytes(large).length);
        assertThat(shown.path("sha256").asString()).isEqualTo(CanonicalJson.sha256(large));
    }

    @Test
    @DisplayName("the largest entry there can be stays within the longest line that is read")
    void largestEntryFits() {
        var most = Json.object().put("x", "\u0001".repeat(Recordable.MAX_BYTES / 6 - 10));
        var name = "\u0001".repeat(100_000);
        var entry = AuditEntry.of(AuditEvent.TOOL_OUTCOME)
                .by(new Actor(name, name, name, List.of(name, name, name, name), name, name))
                .withTask(name)
                .withAction(new Action(name, name, name, name, most))
                .withDecision(new Decision(name, name, name))
                .withApproval(name)
                .withBasis(new Basis(1L, name, name, name))
                .withOutcome(most);
        for (var i = 0; i < AuditEntry.MAX_MORE; i++) {
            entry = entry.with("more_" + i, most);
        }
        assertThat(line(entry).length()).isLessThan(Lines.MAX_LINE);
    }

    @Test
    @DisplayName("D14.4 event names")
    void eventNames() {
        assertThat(AuditEvent.TOOL_INTENT.wire()).isEqualTo("tool_intent");
        assertThat(Arrays.stream(AuditEvent.values()).map(AuditEvent::wire))
                .contains("start", "stop_unacked", "audit_recovered", "lanes_config")
                .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
    }
}
