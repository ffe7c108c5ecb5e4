package dev.gatehouse.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("an entry is inserted into JSON, and everything else stays byte for byte")
class JsonTextTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    private static final ServerEntry ENTRY =
            new ServerEntry("robot", List.of("/opt/gate house/bin/gatehouse", "mcp", "/srv/\"bob\"/ROBOT.md"));

    private static Edit edit(String text) {
        return JsonText.edit(text, "mcpServers", ENTRY, Optional.empty());
    }

    private static Edit.Changed changed(String text) {
        var edit = edit(text);
        assertThat(edit).isInstanceOf(Edit.Changed.class);
        var after = ((Edit.Changed) edit).text();
        holdsTheEntry(MAPPER.readTree(after.replace("\uFEFF", "")));
        assertThat(edit(after)).isEqualTo(new Edit.Same());
        return (Edit.Changed) edit;
    }

    private static void holdsTheEntry(JsonNode root) {
        var entry = root.path("mcpServers").path("robot");
        assertThat(entry.path("command").asString()).isEqualTo("/opt/gate house/bin/gatehouse");
        assertThat(entry.path("args").valueStream().map(JsonNode::asString))
                .containsExactly("mcp", "/srv/\"bob\"/ROBOT.md");
    }

    /** Whether one text is in the other, character for character and in order. */
    private static boolean isWithin(String before, String after) {
        var at = 0;
        for (var i = 0; i < after.length() && at < before.length(); i++) {
            at += after.charAt(i) == before.charAt(at) ? 1 : 0;
        }
        return at == before.length();
    }

    @Test
    void amongOthers() {
        var before = """
                {
                    // mine
                    "theme": "dark",
                    "mcpServers": {
                        "a": { "command": "x", "env": { "KEY": "secret" } }, // the first
                        "b": { "command": "y" } /* the last */ // really
                    }, /* done */
                    "z": [1, 2.50, 1e3, null, true]
                }
                """;

        var edit = changed(before);

        assertThat(edit.text()).isEqualTo("""
                {
                    // mine
                    "theme": "dark",
                    "mcpServers": {
                        "a": { "command": "x", "env": { "KEY": "secret" } }, // the first
                        "b": { "command": "y" }, /* the last */ // really
                        "robot": {
                            "command": "/opt/gate house/bin/gatehouse",
                            "args": ["mcp", "/srv/\\"bob\\"/ROBOT.md"]
                        }
                    }, /* done */
                    "z": [1, 2.50, 1e3, null, true]
                }
                """);
        assertThat(edit.removed()).isEmpty();
        assertThat(String.join("\n", edit.added())).contains("\"robot\"").doesNotContain("secret");
    }

    @ParameterizedTest
    @DisplayName("in every place an entry can have; what was there is still there")
    @ValueSource(
            strings = {
                "{}",
                "{ }\n",
                "\uFEFF{\n}",
                "{\"mcpServers\":{}}",
                "{\"mcpServers\":{\"a\":{\"command\":\"x\"}},\"b\":1}",
                "{\"mcpServers\": { /* none yet */ }}",
                "{\n\t\"mcpServers\": { // none yet\n\t}\n}\n",
                "{\n\t\"mcpServers\": {\n\t\t\"a\": {}\n\t}\n}",
                "{\n  \"mcpServers\": {\n    \"a\": {},\n  },\n}\n",
                "{\n  \"mcpServers\": {\n    \"a\": {}, // c\n  }\n}\n",
                "{\n  \"a\": 1 // one\n}\n",
                "{\n  \"a\": 1 /* one\n two */\n}\n",
                "{\n  \"a\": 1}",
                "{\r\n  \"mcpServers\": {\r\n    \"a\": {} // c\r\n  }\r\n}\r\n",
                "// head\n{\"a\": \"// no comment, mcpServers { \\\"\"}\n// tail",
                "{\n\"a\": 1\n}",
                "{ \"mcp\\u0053ervers\": {} }"
            })
    void everywhere(String before) {
        var edit = changed(before);

        assertThat(isWithin(before.replaceAll("\\{\\s+}", "{}"), edit.text())).isTrue();
        if (before.contains("\r\n")) {
            assertThat(edit.text().replace("\r\n", "")).doesNotContain("\n");
        }
        if (before.contains("\t")) {
            assertThat(edit.text()).contains("\n\t\t\"robot\": {\n\t\t\t\"command\"");
        }
    }

    @Test
    @DisplayName("one line stays one line")
    void oneLine() {
        assertThat(changed("{\"mcpServers\":{\"a\":{}}}").text())
                .isEqualTo(
                        "{\"mcpServers\":{\"a\":{}, \"robot\": { \"command\": \"/opt/gate house/bin/gatehouse\", \"args\":"
                                + " [\"mcp\", \"/srv/\\\"bob\\\"/ROBOT.md\"] }}}");
    }

    @Test
    void fresh() {
        assertThat(changed("").text()).isEqualTo("""
                {
                  "mcpServers": {
                    "robot": {
                      "command": "/opt/gate house/bin/gatehouse",
                      "args": ["mcp", "/srv/\\"bob\\"/ROBOT.md"]
                    }
                  }
                }
                """);
        assertThat(JsonText.alone("servers", ENTRY, Optional.of("stdio"))).contains("      \"type\": \"stdio\",\n");
    }

    @Test
    @DisplayName("an entry of the same name is replaced alone, and none of its private values is shown")
    void replaced() {
        var before = """
                {
                  "mcpServers": {
                    "robot": { /* old */ "command": "/old", "env": {"KEY": "secret"}, "args": ["mcp"] }, // mine
                    "b": {}
                  }
                }
                """;

        var edit = changed(before);

        assertThat(edit.text())
                .startsWith("{\n  \"mcpServers\": {\n    \"robot\": {\n      \"command\": \"/opt/")
                .endsWith("\n    }, // mine\n    \"b\": {}\n  }\n}\n");
        assertThat(edit.removed())
                .containsExactly(
                        "\"robot\": {", "  \"command\": \"/old\"", "  \"env\": ...", "  \"args\": [\"mcp\"]", "}");
    }

    @ParameterizedTest
    @DisplayName("what is not understood is not changed")
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"a\": 1} x",
                "{\"a\": 1 \"b\": 2}",
                "{\"a\": [1 2]}",
                "{\"a\": tru}",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": \"b}",
                "{\"a\": 1, , }",
                "{\"a\": 01}",
                "{\"a\": /* 1}",
                "{\"mcpServers\": []}",
                "{\"mcpServers\": null}",
                "{\"mcpServers\": {}, \"mcpServers\": {}}",
                "{\"mcpServers\": {\"robot\": {}, \"robot\": {}}}"
            })
    void refused(String text) {
        assertThat(edit(text)).isInstanceOf(Edit.Refused.class);
    }

    @Test
    void namesTheLine() {
        assertThat(edit("{\n  \"a\": 1,\n  oops\n}")).isEqualTo(new Edit.Refused("it is not valid JSON, see line 3"));
        assertThat(edit("[".repeat(100_000))).isInstanceOf(Edit.Refused.class);
    }
}
