package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static Fields of(String yaml) throws ConfigException {
        return new Fields(StrictYaml.read(yaml, "file"), "file");
    }

    private static void refused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    @Test
    void readsWhatIsThere() throws Exception {
        var fields = of("{text: a, number: 3, amount: 0.25, yes: true, list: [a, b], inner: {x: 1}}");

        assertThat(fields.text("text")).isEqualTo("a");
        assertThat(fields.optionalInt("number", 1, 3)).contains(3);
        assertThat(fields.optionalAmount("amount")).contains(new BigDecimal("0.25"));
        assertThat(fields.flag("yes", false)).isTrue();
        assertThat(fields.texts("list")).containsExactly("a", "b");
        assertThat(fields.mapping("inner").orElseThrow().optionalInt("x", 0, 9)).contains(1);
        fields.done();
    }

    @Test
    void absentAndNullAreTheSame() throws Exception {
        for (var fields : List.of(of("{}"), of("{a: null}"))) {
            assertThat(fields.optionalText("a")).isEmpty();
            assertThat(fields.optionalInt("a", 0, 1)).isEmpty();
            assertThat(fields.optionalAmount("a")).isEmpty();
            assertThat(fields.flag("a", true)).isTrue();
            assertThat(fields.texts("a")).isEmpty();
            assertThat(fields.mapping("a")).isEmpty();
            refused(() -> fields.text("a"), "file: 'a' is required");
        }
    }

    @Test
    void refusesOtherTypes() throws Exception {
        var fields = of("{a: [1], b: x}");

        refused(() -> fields.text("a"), "file: 'a' must be a string");
        refused(() -> fields.optionalInt("b", 0, 5), "file: 'b' must be a whole number from 0 to 5");
        refused(() -> fields.optionalAmount("b"), "file: 'b' must be a number above 0");
        refused(() -> fields.flag("b", true), "file: 'b' must be true or false");
        refused(() -> fields.texts("a"), "file: 'a' must be a list of strings");
        refused(() -> fields.list("b"), "file: 'b' must be a list");
        refused(() -> fields.mapping("b"), "file.b: must be a mapping");
        refused(() -> of("[1]"), "file: must be a mapping");
        refused(() -> of(""), "file: must be a mapping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4", "1.5", "1.0", "99999999999999999999", "'2'"})
    void wholeNumbersHaveBounds(String value) throws Exception {
        var fields = of("a: " + value);

        refused(() -> fields.optionalInt("a", 0, 3), "file: 'a' must be a whole number from 0 to 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.5", ".inf", "-.inf", ".nan", "true", "'1'"})
    void amountsArePositiveAndFinite(String value) throws Exception {
        var fields = of("a: " + value);

        refused(() -> fields.optionalAmount("a"), "file: 'a' must be a number above 0");
    }

    @Test
    void unknownKeysAreErrors() throws Exception {
        var fields = of("{max_tasks: 1, max_taskz: 2}");
        assertThat(fields.optionalInt("max_tasks", 1, 9)).contains(1);

        refused(fields::done, "file: unknown key 'max_taskz'");
    }
}
