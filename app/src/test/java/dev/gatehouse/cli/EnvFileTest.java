package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    @Test
    void assignments() throws Exception {
        var text = """
                # a comment

                A=plain text # and this
                  export B="say \\"hi\\" for \\$5 \\\\ \\n"
                C='as $it "is"'
                D=
                E=""
                F=a=b
                """;

        assertThat(EnvFile.parse(text, "x"))
                .isEqualTo(Map.of(
                        "A", "plain text # and this",
                        "B", "say \"hi\" for $5 \\ \\n",
                        "C", "as $it \"is\"",
                        "D", "",
                        "E", "",
                        "F", "a=b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "1A=hunter2",
                "A B=hunter2",
                "A =hunter2",
                "A=\"hunter2",
                "A='hunter2' x",
                "A=\"hunter2\"x"
            })
    void everythingElseIsAnErrorThatQuotesNothing(String line) {
        assertThatThrownBy(() -> EnvFile.parse("OK=1\n" + line, "my.env"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("my.env, line 2: ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void nameTwice() {
        assertThatThrownBy(() -> EnvFile.parse("A=1\nA=1", "my.env")).hasMessage("my.env, line 2: a second A");
    }

    @Test
    void missing(@TempDir Path directory) {
        assertThatThrownBy(() -> EnvFile.read(directory.resolve("none"))).hasMessageContaining("cannot be read");
    }
}
