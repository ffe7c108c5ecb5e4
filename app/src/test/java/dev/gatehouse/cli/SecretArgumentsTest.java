package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whoever can list processes reads their arguments (threats.md T23.2). */
class SecretArgumentsTest {
    private static final Pattern SECRET = Pattern.compile(".*(token|key|secret|password|bearer).*");
    /** Names that only sound like it. */
    private static final Set<String> HARMLESS = Set.of("--idempotency-key");

    private static List<OptionSpec> options(CommandLine verb) {
        var all = new ArrayList<>(verb.getCommandSpec().options());
        verb.getSubcommands().values().forEach(sub -> all.addAll(options(sub)));
        return all;
    }

    @Test
    @DisplayName("T23.2: no verb takes a secret as an argument; a file with it is what they take")
    void files() throws Exception {
        var constructor = Verbs.class.getDeclaredConstructor();
        constructor.setAccessible(true);
        var suspicious = options(new CommandLine(constructor.newInstance())).stream()
                .filter(option -> SECRET.matcher(option.longestName()).matches())
                .filter(option -> !HARMLESS.contains(option.longestName()))
                .toList();

        assertThat(suspicious).isNotEmpty();
        assertThat(suspicious)
                .allMatch(option ->
                        option.arity().max() == 0 || option.paramLabel().equals("FILE"));
    }
}
