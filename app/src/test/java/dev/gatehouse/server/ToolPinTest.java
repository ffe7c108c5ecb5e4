package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tools that are not those the operator agreed to (D6.7, threats.md T3.2). */
class ToolPinTest {
    private static final String REFUSED = "the tools are not those the policy pins";

    private static TestServer.Builder pinning(String sha256) {
        return TestServer.with().policy("surface_sha256: \"" + sha256 + "\"\n");
    }

    @Test
    @DisplayName("T3.2: with other tools than the pinned ones a server does not start, with those it does")
    void changedSurface() {
        var said = catchThrowable(() -> pinning("0".repeat(64)).start().close());
        assertThat(said)
                .as("a server with a surface that is not the pinned one")
                .hasMessageContaining(REFUSED);
        var message = String.valueOf(said.getMessage());
        var pin = message.substring(message.lastIndexOf(' ') + 1);

        pinning(pin).start().close();
        assertThatThrownBy(() -> pinning(pin).withoutArm().start().close())
                .as("the list of tools without the arm")
                .hasMessageContaining(REFUSED);
    }
}
