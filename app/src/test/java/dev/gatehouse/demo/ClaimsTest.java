package dev.gatehouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.story.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static String shown(Claims claims) {
        var out = new ByteArrayOutputStream();
        claims.show(new Screen(new PrintStream(out, false, StandardCharsets.UTF_8), false));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aClaimThatDoesNotHoldIsNamedAndSpoilsTheWhole() {
        var claims = new Claims(false);
        claims.must("it stood still", true, "every joint unchanged");
        claims.must("it was fast", false, "9 s");
        assertThat(claims.hold()).isFalse();
        assertThat(shown(claims))
                .isEqualTo("  ✓ it stood still: every joint unchanged\n  ✗ NOT TRUE: it was fast: 9 s\n");
    }

    @Test
    void aRehearsalMustDoWhatIsExpectedOfIt() {
        var claims = new Claims(false);
        claims.expect("the cube was picked", false, "");
        assertThat(claims.hold()).isFalse();
    }

    @Test
    void aModelMayChooseOtherwiseButNotEverywhere() {
        var claims = new Claims(true);
        claims.expect("the cube was picked", false, "");
        assertThat(claims.hold()).isTrue();
        assertThat(shown(claims)).contains("not observed: the cube was picked");
        claims.must("the stop was confirmed", false, "");
        assertThat(claims.hold()).isFalse();
    }
}
