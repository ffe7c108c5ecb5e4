package dev.gatehouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way with a model, played on a scripted one; the way without is in {@code DemoCommandTest}. */
class DemoTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "sim-arm", "ROBOT.md");
    private static final String KEY = "sk-ant-canary-0123456789abcdef";
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private boolean run(String key, URI url) throws Exception {
        var settings = new DemoSettings(EXAMPLE, true, false, Optional.of(Secret.of(key)), "claude-sonnet-5-5", url);
        return Demo.run(settings, new PrintStream(out, false, StandardCharsets.UTF_8), false);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aModelThatDoesNothingIsObservedToDoNothingAndTheRestHolds() throws Exception {
        var idle = Script.parse("rehearsal: 1\nname: idle\nmatch: \".\"\nturns:\n  - say: \"I would rather not.\"\n");
        try (var model = RehearsalServer.start(ScriptLibrary.builtIn().with(idle), 0)) {
            assertThat(run(KEY, URI.create(model.url()))).as(shown()).isTrue();
        }
        assertThat(shown())
                .contains("This costs money: at most 0.25 USD for each of three goals")
                .contains("not observed: The red cube was found, picked, and placed")
                .contains("not observed: The stop came in the middle of a motion")
                .contains("✓ The robot confirmed the stop, and the time was measured")
                .contains("✓ One flipped bit in a copy of it was found")
                .doesNotContain("NOT TRUE", "no intelligence is involved", KEY);
    }

    @Test
    void aClaimThatDoesNotHoldIsNamedAndTheDemonstrationFails() throws Exception {
        assertThat(run("not-a-model-key", NOWHERE)).as(shown()).isFalse();
        assertThat(shown())
                .contains("✗ 401 unauthorized: invalid Anthropic API key format")
                .contains("✗ NOT TRUE: A goal went in over HTTP and was answered as a stream")
                .contains("Not everything the demonstration claims was true.")
                .doesNotContain("not-a-model-key");
    }
}
