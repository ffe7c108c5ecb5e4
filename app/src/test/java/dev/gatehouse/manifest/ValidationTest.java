package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("robot-md.md 4.1, 4.5, 4.7: the result, the summary, the exit status")
class ValidationTest {
    private static final String QUIET = "{physics: {dof: 0}}";

    @Test
    @DisplayName("4.1: keys in this order, texts as strings")
    void json() {
        assertThat(Json.line(Validator.validate(Sample.changed(QUIET)).toJson()))
                .isEqualTo(
                        "{\"ok\":true,\"summary\":\"tin-mouse (wheeled, 0 DoF, 0 capabilities)\",\"errors\":[],\"warnings\":[]}");
    }

    @Test
    @DisplayName("4.1: warnings never change ok")
    void warningsDoNotMatter() {
        var validation = Validator.validate(Sample.parse(Sample.minimal()));
        assertThat(validation.ok()).isTrue();
        assertThat(validation.warnings()).isNotEmpty();
    }

    @Test
    @DisplayName("4.7: a parse failure has the same shape")
    void unreadable() {
        var validation = Validator.validate(new Unreadable("frontmatter block is empty"));
        assertThat(Json.line(validation.toJson()))
                .isEqualTo(
                        "{\"ok\":false,\"summary\":\"? (?, 0 DoF, 0 capabilities)\",\"errors\":[\"frontmatter block is empty\"],\"warnings\":[]}");
    }

    @Test
    @DisplayName("a frontmatter of absurd size is one error, not half a million")
    void tooManyValues() {
        assertThat(Validator.validate(Sample.changed("capabilities: [" + "x,".repeat(19_000) + "]"))
                        .errors())
                .hasSize(19_000);
        assertThat(Validator.validate(Sample.changed("capabilities: [" + "x,".repeat(20_000) + "]"))
                        .errors())
                .containsExactly("(root): must NOT have more than 20000 values");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{metadata: {robot_name: '  a  '}} | '  a   (wheeled, 2 DoF, 0 capabilities)'",
                "{metadata: {robot_name: (absent)}, physics: 5} | ? (?, 0 DoF, 0 capabilities)",
                "{metadata: {robot_name: null}, physics: {type: [], dof: .nan}} | ? (?, 0 DoF, 0 capabilities)",
                "{metadata: {robot_name: 5}, physics: {type: true, dof: 2.5}} | 5 (true, 2.5 DoF, 0 capabilities)",
                "{physics: {dof: 2.0}, capabilities: [a.b]} | tin-mouse (wheeled, 2 DoF, 1 capabilities)",
                "{physics: {dof: many}, capabilities: arm.pick} | tin-mouse (wheeled, 0 DoF, 0 capabilities)",
                "{physics: {dof: -1e3}, capabilities: [null, {}]} | tin-mouse (wheeled, -1000 DoF, 2 capabilities)"
            })
    @DisplayName("4.5: the summary is always there")
    void summary(String change, String summary) {
        assertThat(Validator.validate(Sample.changed(change)).summary()).isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{physics: {dof: 0}} | 0 | 0",
                "{physics: {dof: 2}} | 0 | 5",
                "{physics: {dof: 65}} | 2 | 2",
                "{metadata: {robot_name: other}} | 4 | 4",
                "{metadata: {robot_name: other}, schema: x} | 2 | 2"
            })
    @DisplayName("4.7: 0 valid, 2 schema, 4 only body, and 5 for strictness about warnings")
    void exitStatus(String change, int lenient, int strict) {
        var manifest = Sample.changed(change);
        var validation = Validator.validate(manifest);
        assertThat(ExitStatus.of(manifest, validation, false).code()).isEqualTo(lenient);
        assertThat(ExitStatus.of(manifest, validation, true).code()).isEqualTo(strict);
    }

    @Test
    @DisplayName("4.7: 1 for a file or parse problem")
    void exitStatusOfUnreadable() {
        var unreadable = new Unreadable(Unreadable.NOT_READABLE);
        assertThat(ExitStatus.of(unreadable, Validator.validate(unreadable), true)
                        .code())
                .isEqualTo(1);
    }
}
