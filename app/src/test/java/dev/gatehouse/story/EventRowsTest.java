package dev.gatehouse.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class EventRowsTest {
    private static final String ACCEPTED =
            "{'type':'accepted','ts':'2026-11-20T10:00:00Z','caller':'alice','tier':'actuate',"
                    + "'effect':'actuate','model':'gatehouse-rehearsal-1','rehearsal':true}";

    private static JsonNode event(String json) throws Exception {
        return Json.read(json.replace('\'', '"'));
    }

    /** The lines as they stand on a screen that is no terminal. */
    private static String shown(String... events) throws Exception {
        var out = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(out, false, StandardCharsets.UTF_8), false);
        var rows = new EventRows(screen.glyphs());
        for (var event : events) {
            rows.of(event(event)).ifPresent(screen::row);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The last of the given lines, three seconds and a bit after the task was accepted. */
    private static String last(String members) throws Exception {
        var all = shown(ACCEPTED, "{'ts':'2026-11-20T10:00:03.240Z'," + members + "}");
        return all.substring(all.indexOf('\n') + 1);
    }

    @Test
    void aRehearsalSaysThatNoIntelligenceIsInvolved() throws Exception {
        assertThat(shown(ACCEPTED))
                .isEqualTo("   0.0 s  task    accepted: alice, tier actuate, may move the robot (gatehouse-rehearsal-1)"
                        + " rehearsal: no intelligence is involved\n");
    }

    @Test
    void aRealModelIsCalledAModelAndItsCostIsShown() throws Exception {
        var accepted = ACCEPTED.replace("true", "false");
        assertThat(shown(accepted, "{'type':'text','ts':'2026-11-20T10:00:01Z','text':'I look.'}"))
                .contains("   1.0 s  model   I look.")
                .doesNotContain("rehearsal:");
        assertThat(shown(
                        accepted,
                        "{'type':'result','ts':'2026-11-20T10:00:01Z','status':'completed','duration_ms':1000,"
                                + "'num_turns':2,'total_usd':0.0123}"))
                .contains("✓ completed after 1.000 s and 2 turns (0.0123 USD)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'type':'queued','reason':'lease'                                               | task    waits for a lease
            'type':'state','to':'stopping','reason':'estop'                                | task    is being stopped: estop
            'type':'session','tools':[{},{}],'manifest_sha256':'154c8f503d6f'              | task    a session begins, with 2 tools (manifest 154c8f50)
            'type':'text','text':'I look.'                                                 | script  I look.
            'type':'tool_call','tool':'vision_find','arguments':{'descriptor_id':'x'}      | script  calls vision_find descriptor_id=x
            'type':'tool_call','tool':'t','arguments':{'a':{'b':1},'c':[1,2]}              | script  calls t b=1 c=[1,2]
            'type':'gate_decision','behavior':'allow'                                      | gate    ✓ allowed
            'type':'gate_decision','behavior':'ask','message':'m'                          | gate    ? a person must agree
            'type':'gate_decision','behavior':'deny','code':'tier_required','message':'no' | gate    ✗ refused tier_required: no
            'type':'approval_required','tool':'t','arguments':{'a':1},'arguments_sha256':'0123456789','reasons':['hitl:arm'] | gate    the exact call: t {"a":1} (because of hitl:arm, sha256 01234567)
            'type':'approval_resolved','approver':'anna','decision':'approved','reason':'' | anna    ✓ approved
            'type':'approval_resolved','approver':'anna','decision':'denied','reason':'no' | anna    ✗ denied: no
            'type':'lease','action':'granted'                                              | gate    lease granted: no other task may move the robot meanwhile
            'type':'progress','progress':1,'total':4,'message':'descend'                   | robot   descend (1 of 4)
            'type':'tool_result','outcome':'ok','duration_ms':7,'content':[{'bytes':12,'text':'a: b'}] | robot   ✓ ok: 12 bytes (7 ms)
            'type':'retry','delay_ms':500,'code':'overloaded'                              | script  tries again in 500 ms: overloaded
            'type':'safety','kind':'estop','by':'button','ms':0,'acked':true               | stop    ■ estop by button: sent to the robot after 0 ms, confirmed
            'type':'safety','kind':'estop','by':'button','ms':0,'acked':false              | stop    ■ estop by button: sent to the robot after 0 ms, not confirmed
            'type':'stream','action':'detached'                                            | task    a reader detached
            'type':'warning','code':'w','message':'m'                                      | task    w: m
            'type':'error','code':'e','message':'m'                                        | task    ✗ e: m
            'type':'result','status':'completed','duration_ms':2579,'num_turns':4,'permission_denials':[{}] | task    ✓ completed after 2.579 s and 4 turns, 1 call refused
            'type':'result','status':'failed','duration_ms':10,'num_turns':0,'error':{'message':'no'}       | task    ✗ failed after 0.010 s and 0 turns: no
            """)
    void everyKindOfLineSaysWhoDidWhat(String members, String line) throws Exception {
        assertThat(last(members)).isEqualTo("   3.2 s  " + line + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'type':'usage','turn':1
            'type':'state','to':'running'
            'type':'heartbeat','state':'running'
            'type':'text_delta','text':'x'
            'type':'something_new'
            """)
    void whatOnlyProgramsNeedHasNoLine(String members) throws Exception {
        assertThat(last(members)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void anEventWithoutItsMembersIsShownAsFarAsItGoes(EventType type) throws Exception {
        assertThat(last("'type':'" + type.wire() + "'").lines()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatWasFoundIsSaidInWords() throws Exception {
        var text = "{\\'status\\':\\'ok\\',\\'descriptor\\':\\'red_cube\\',\\'pixel\\':[393,228],\\'depth_mm\\':490.0}";
        assertThat(last("'type':'tool_result','outcome':'ok','duration_ms':7,'content':[{'text':'" + text + "'}]"))
                .contains("✓ ok: red_cube found at pixel 393, 228, 490.0 mm from the camera (7 ms)");
    }

    @Test
    void aRefusalIsToldOnceBecauseTheRobotNeverSawTheCall() throws Exception {
        var all = shown(
                ACCEPTED,
                "{'type':'gate_decision','behavior':'deny','call_id':'cal-1','code':'tier_required','message':'no'}",
                "{'type':'tool_result','outcome':'error','call_id':'cal-1'}",
                "{'type':'tool_result','outcome':'error','call_id':'cal-2'}");
        assertThat(all.lines().filter(line -> line.contains("robot   "))).hasSize(1);
    }

    @Test
    void hostileTextStaysOnItsLineAndCannotDriveTheTerminal() throws Exception {
        var hostile = "\\u001b[2J\\u001b]0;owned\\u0007 first\\nsecond\\r\\u009b31m \\u202eesrever\\u200b";
        for (var members : new String[] {
            "'type':'text','text':'" + hostile + "'",
            "'type':'tool_call','tool':'" + hostile + "','arguments':{'" + hostile + "':'" + hostile + "'}",
            "'type':'gate_decision','behavior':'deny','code':'" + hostile + "','message':'" + hostile + "'",
            "'type':'approval_required','tool':'" + hostile + "','arguments':{'a':'" + hostile + "'},'reasons':['"
                    + hostile + "']",
            "'type':'approval_resolved','approver':'" + hostile + "','decision':'" + hostile + "'",
            "'type':'progress','progress':1,'total':2,'message':'" + hostile + "'",
            "'type':'tool_result','outcome':'ok','content':[{'text':'{\\'message\\':\\'" + hostile.replace("\\", "\\\\")
                    + "\\'}'}]",
            "'type':'result','status':'" + hostile + "','error':{'message':'" + hostile + "'}"
        }) {
            var line = last(members);
            assertThat(line.lines()).as(members).hasSize(1);
            assertThat(line.strip()
                            .codePoints()
                            .filter(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
                            .mapToObj(Integer::toHexString)
                            .collect(Collectors.toList()))
                    .as(members)
                    .isEmpty();
        }
        assertThat(last("'type':'text','text':'" + hostile + "'"))
                .contains("\\u001b[2J", "first second", "\\u202eesrever");
    }

    @Test
    void aLongTextIsCut() throws Exception {
        assertThat(last("'type':'text','text':'" + "word ".repeat(1000) + "'"))
                .hasSizeLessThan(400)
                .contains("…");
    }
}
