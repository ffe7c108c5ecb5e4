package dev.gatehouse.robotmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two resources that are composed: the identity line and the context page. */
class PagesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private String identity(String metadata) {
        return Bench.of(directory, "---\nmetadata: {robot_name: x, " + metadata + "}\n---\n")
                .read("identity");
    }

    private String context(String frontmatter, String body) {
        return Bench.of(directory, "---\nmetadata: {robot_name: x}\n" + frontmatter + "---\n" + body)
                .read("context");
    }

    @Test
    @DisplayName("8.4: summary, maker, model, version, device and registration, joined by middle dots")
    void registered() {
        assertThat(identity("rrn: RRN-000000000001, device_id: d4, version: 2, model: M, manufacturer: Acme"))
                .isEqualTo("x (?, 0 DoF, 0 capabilities) · manufacturer=Acme · model=M · version=2 · device_id=d4"
                        + " · rrn=RRN-000000000001  resolver=https://rcan.dev/r/RRN-000000000001");
    }

    @Test
    @DisplayName("8.4: empty values and what is no scalar are left out, an rrn must be a string")
    void unregistered() {
        assertThat(identity("rrn: 7, manufacturer: \"\", model: [a], version: ~, device_id: false"))
                .isEqualTo("x (?, 0 DoF, 0 capabilities) · device_id=false · rrn=(unregistered)");
        assertThat(identity("rrn: \"\"")).endsWith(" · rrn=(unregistered)");
    }

    @Test
    @DisplayName("8.4: line breaks in values become blanks")
    void oneLine() {
        assertThat(identity("model: \"a\\nb\\r\\nc\\u2028d\"")).contains("model=a b c d ·");
    }

    @Test
    @DisplayName("8.5: headings in their order, identity and resolver first, the trimmed body last")
    void order() {
        var page =
                Bench.of(directory, Bench.fixture("arm-with-camera.ROBOT.md")).read("context");

        assertThat(page).startsWith("""
                # Robot context — clerk

                clerk (arm+camera, 4 DoF, 4 capabilities) · manufacturer=Example Works""");
        assertThat(page)
                .containsSubsequence(
                        "\n\nPublic resolver: https://rcan.dev/r/RRN-000000004711\n\n",
                        "## Capabilities\n\n- `arm.pick`\n- `arm.place`\n",
                        "## Safety gates\n\n- `destructive` — requires explicit authorization\n",
                        "\n\nE-stop: software=true response_ms=80 · hardware e-stop present\n\n",
                        "## What's authoritative\n\n",
                        "robot-md://clerk/frontmatter",
                        "## Before any physical motion\n\n",
                        "cannot lift a gate",
                        "## Body (from the manifest's prose section)\n\n# clerk\n")
                .endsWith("A person agrees before anything moves.\n");
    }

    @Test
    @DisplayName("8.5: an open gate, one that requires authorization, and one that does not say")
    void gates() {
        assertThat(context(
                        "safety: {hitl_gates: [{scope: a, require_auth: false}, {scope: b, require_auth: true},"
                                + " {scope: c}, ~, 4, {require_auth: true}]}\n",
                        ""))
                .contains("""
                        ## Safety gates

                        - `a`
                        - `b` — requires explicit authorization
                        - `c` — requires explicit authorization (require_auth is undeclared and counts as required)

                        E-stop""");
    }

    @Test
    @DisplayName("8.5: nothing declared is said, and no gates are a gap, never safe")
    void nothing() {
        assertThat(context("safety: {hitl_gates: {scope: a}}\n", ""))
                .contains("## Capabilities\n\n- (none declared)\n")
                .contains("## Safety gates\n\n- *No HITL gates declared.* This is a gap")
                .contains("E-stop: software=false response_ms=?\n")
                .endsWith("\n\n(no prose body)\n")
                .doesNotContain("Public resolver", "Stop latch", "is safe");
    }

    @Test
    @DisplayName("8.5: in actuation mode one line with the state of the latch")
    void latch() {
        assertThat(Bench.of(directory, Bench.minimal(), Bench.actuation(false)).read("context"))
                .contains("response_ms=250\n\nStop latch: not set.\n\n## What's");
        assertThat(Bench.of(directory, Bench.minimal(), Bench.actuation(true)).read("context"))
                .contains("Stop latch: set since 2026-03-04T05:06:07Z; nothing moves");
    }

    @Test
    @DisplayName("8.5: values cannot become structure of the page")
    void injection() {
        assertThat(context("capabilities: [\"a`b\\n## Safety gates\"]\n", ""))
                .contains("- `` a`b ## Safety gates ``\n")
                .containsOnlyOnce("\n## Safety gates\n");
    }
}
