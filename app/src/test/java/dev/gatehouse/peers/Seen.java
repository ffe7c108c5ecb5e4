package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.ReadingGate;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robotmd.ManifestTools;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.RobotOffer;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Prompt;
import dev.gatehouse.tool.Resource;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.Toolbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything a server offers, asked for one by one: tools with what a call gave, resources with their text, prompts filled in.
 * The library gives it without any protocol; every client must have seen the same.
 */
final class Seen {
    /** What every blank of a prompt is filled in with. */
    static final String BLANK = "arm.pick";

    private static final Principal READER =
            new Principal("crd-1", "reader", Tier.READ, Set.of(), CallerLimits.NONE, Surface.CLI);

    private Seen() {}

    /**
     * What the library says of the example, without a robot behind it.
     *
     * @param structured whether results come as objects as well, which they do since revision 2025-06-18
     */
    static ObjectNode byTheLibrary(boolean structured) throws InterruptedException {
        var served = new Served(
                new ManifestFile(Servers.EXAMPLE, Ticker.system()),
                new RobotName("bench-arm"),
                new Mode.ManifestOnly());
        var tools = new Toolbox(new ManifestTools(served).tools());
        var offer = new RobotOffer(served, tools.tools());
        var seen = Json.object().put("instructions", offer.instructions());
        for (var tool : tools.tools()) {
            seen.withObject("tools").set(tool.name(), called(tool, new ReadingGate(tools), structured));
        }
        for (var resource : offer.resources()) {
            seen.withObject("resources")
                    .putObject(resource.uri())
                    .put("name", resource.name())
                    .put("description", resource.description())
                    .put("mimeType", resource.mimeType())
                    .put("text", ((Resource.Content.Text) resource.content().get()).text());
        }
        for (var prompt : offer.prompts()) {
            var blanks = prompt.arguments().stream().collect(Collectors.toMap(Prompt.Argument::name, blank -> BLANK));
            seen.withObject("prompts")
                    .putObject(prompt.name())
                    .put("description", prompt.description())
                    .put("text", prompt.text().apply(Map.copyOf(blanks)));
        }
        return seen;
    }

    private static ObjectNode called(Tool tool, ReadingGate gate, boolean structured) throws InterruptedException {
        var result = gate.call(READER, new ToolCall("cal-1", tool.name(), Json.object()));
        var out = Json.object().put("description", tool.description()).put("text", result.text());
        out.set("inputSchema", tool.inputSchema());
        return out.set(
                "structured",
                structured ? result.structured().orElseThrow() : Json.object().nullNode());
    }

    /** Asserts that a client saw what the library says; a server with a robot has more tools, and they answer too. */
    static void assertTheSame(ObjectNode seen, boolean structured, boolean robot) throws InterruptedException {
        var expected = byTheLibrary(structured);
        var tools = seen.withObject("tools");
        if (robot) {
            assertThat(tools.propertyNames()).contains("status", "estop");
            tools.propertyNames().stream()
                    .filter(name -> !expected.path("tools").has(name))
                    .toList()
                    .forEach(name -> assertThat(tools.remove(name).path("text").asString())
                            .isNotBlank());
            // They name the tools, which are not the same.
            seen.remove("instructions");
            expected.remove("instructions");
        }
        for (var part : List.of("tools", "resources", "prompts")) {
            assertThat(seen.path(part).propertyNames())
                    .containsExactlyInAnyOrderElementsOf(expected.path(part).propertyNames());
            for (var one : expected.path(part).properties()) {
                for (var member : one.getValue().properties()) {
                    assertThat(text(seen.path(part).path(one.getKey()).path(member.getKey())))
                            .as("%s of %s", member.getKey(), one.getKey())
                            .isEqualTo(text(member.getValue()));
                }
            }
        }
        assertThat(text(seen.path("instructions"))).isEqualTo(text(expected.path("instructions")));
        assertThat(seen.path("server").asString()).isEqualTo("gatehouse");
    }

    /** One spelling of every value: clients differ in the order of members and write 1.0 as 1. */
    private static String text(JsonNode node) {
        return node.isMissingNode() ? "missing" : CanonicalJson.text(node);
    }
}
