package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 4.4: the body")
class BodyRulesTest {
    private static final String REST = "\n## Identity\n## What rex Can Do\n## Safety Gates\n";

    @Test
    @DisplayName("an empty body breaks all four rules, in order")
    void empty() {
        assertThat(errors("rex", ""))
                .containsExactly(
                        "body: missing H1 heading (expected \"# rex\").",
                        "body: missing required section '## Identity'.",
                        "body: missing required section '## Safety Gates'.",
                        "body: missing required section '## What rex Can Do' (case-insensitive).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# rex",
                "   # rex  ",
                "\t#\trex",
                "# rex #",
                "# rex ###",
                "# rex#",
                "text\n# rex\n# other",
                "```\n# rex\n```",
                "#\u00A0rex",
                "# rex\r"
            })
    void firstHeadingNamesTheRobot(String heading) {
        assertThat(errors("rex", heading + REST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#rex", "## rex", "rex\n===", "#", "#\nrex", "\\# rex", ""})
    void noHeading(String heading) {
        assertThat(errors("rex", heading + REST)).containsExactly("body: missing H1 heading (expected \"# rex\").");
    }

    @Test
    void otherHeading() {
        assertThat(errors("rex", "# Rex" + REST))
                .containsExactly("body: H1 \"Rex\" does not match metadata.robot_name \"rex\".");
        assertThat(errors("rex", "# a b ##\n# rex" + REST))
                .containsExactly("body: H1 \"a b\" does not match metadata.robot_name \"rex\".");
    }

    @Test
    @DisplayName("a name may end in a number sign")
    void numberSign() {
        assertThat(errors("C#", "# C#\n## Identity\n## What C# Can Do\n## Safety Gates"))
                .isEmpty();
        assertThat(errors("#", "# #\n## Identity\n## What # Can Do\n## Safety Gates"))
                .isEmpty();
    }

    @Test
    @DisplayName("the heading is compared with the trimmed name, the section with the name as written")
    void outerBlanks() {
        assertThat(errors("rex ", "# rex" + REST))
                .containsExactly("body: missing required section '## What rex  Can Do' (case-insensitive).");
        assertThat(errors("rex ", "# rex\n## Identity\n## What rex  Can Do\n## Safety Gates"))
                .isEmpty();
    }

    @Test
    @DisplayName("Identity and Safety Gates are found anywhere, case matters")
    void substrings() {
        assertThat(errors("rex", "# rex\nsee ### Identityless and ## Safety Gates, please\n## WHAT REX CAN DO  \t"))
                .isEmpty();
        assertThat(errors("rex", "# rex\n## identity\n## safety gates\n## What rex Can Do"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## What rex Can Do:",
                " ## What rex Can Do",
                "## What  rex Can Do",
                "### What rex Can Do",
                "## What r.x Can Do",
                "What rex Can Do"
            })
    void whatCanDoIsExact(String line) {
        assertThat(errors("rex", "# rex\n## Identity\n## Safety Gates\n" + line))
                .hasSize(1);
    }

    @Test
    @DisplayName("a name is text, not a pattern")
    void patternCharacters() {
        assertThat(errors("r.*(x", "# r.*(x\n## Identity\n## What r.*(x Can Do\n## Safety Gates"))
                .isEmpty();
    }

    @Test
    @DisplayName("4.2: without a visible name the body is not judged; with one it is, whatever else is wrong")
    void whenJudged() {
        assertThat(errors("  ", "")).isEmpty();
        assertThat(Validator.validate(Sample.manifest(Sample.tree("metadata: {robot_name: 5}"), ""))
                        .errors())
                .noneMatch(error -> error.startsWith("body:"));
        assertThat(Validator.validate(Sample.manifest(Sample.tree("metadata: {robot_name: rex}"), ""))
                        .errors())
                .filteredOn(error -> error.startsWith("body:"))
                .hasSize(4);
    }

    private static List<String> errors(String name, String body) {
        var root = Section.of(Map.of("metadata", Map.of("robot_name", name)));
        return BodyRules.errors(root, body);
    }
}
