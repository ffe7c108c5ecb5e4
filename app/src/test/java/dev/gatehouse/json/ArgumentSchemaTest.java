package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ArgumentSchemaTest {
    private static Optional<String> problem(String value) throws MalformedJsonException {
        var schema = "{\"properties\":{\"steps\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}}}";
        return ArgumentSchema.compile((ObjectNode) Json.read(schema)).problem(Json.read("{\"steps\":" + value + "}"));
    }

    @Test
    void namesTheMemberAndTheRule() throws MalformedJsonException {
        assertThat(problem("9")).isEmpty();
        assertThat(problem("4.0")).isEmpty();
        assertThat(problem("10")).contains("arguments at /steps: rule maximum");
        assertThat(problem("0.5")).contains("arguments at /steps: rule type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e30", "-1e19", "1e400", "1e400145678", "1e-400145678", "123456789012345678901234567890"})
    @DisplayName("a number beyond every range is a problem of the arguments, not a failure of ours")
    void hugeNumbers(String number) throws MalformedJsonException {
        assertThat(problem(number)).isPresent();
    }
}
