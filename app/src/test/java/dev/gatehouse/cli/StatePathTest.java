package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatePathTest {
    @Test
    void state() {
        var home = Path.of("/home/x");

        assertThat(StatePath.standard(Map.of("STATE_DIRECTORY", "/var/lib/g", "XDG_STATE_HOME", "/s"), home))
                .isEqualTo(Path.of("/var/lib/g"));
        assertThat(StatePath.standard(Map.of("STATE_DIRECTORY", "", "XDG_STATE_HOME", "/s"), home))
                .isEqualTo(Path.of("/s/gatehouse"));
        assertThat(StatePath.standard(Map.of(), home)).isEqualTo(Path.of("/home/x/.local/state/gatehouse"));
    }
}
