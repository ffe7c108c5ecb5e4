package dev.gatehouse.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.terminal.Printable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String LONG =
            "many words that have to go on ".repeat(10).strip();

    private static String on(boolean terminal, Charset charset, Consumer<Screen> story) {
        var out = new ByteArrayOutputStream();
        story.accept(new Screen(new PrintStream(out, false, charset), terminal));
        return out.toString(charset);
    }

    private static String plain(Consumer<Screen> story) {
        return on(false, StandardCharsets.UTF_8, story);
    }

    private static String terminal(Consumer<Screen> story) {
        return on(true, StandardCharsets.UTF_8, story);
    }

    private static Row moving(int done, String phase) {
        return new Row.Moving(1200, "robot", done, 4, phase);
    }

    @Test
    void withoutATerminalThereAreOnlyPlainLines() {
        var text = plain(screen -> {
            screen.title("Gatehouse", "below");
            screen.chapter(1, "A goal goes in");
            screen.tell(LONG);
            screen.row(moving(1, "descend"));
            screen.row(moving(2, "grasp"));
            screen.claim(Ink.GOOD, "✓", "it held", "seen");
        });
        assertThat(text).doesNotContain("\u001b", "\r");
        assertThat(text.lines())
                .contains(
                        "  " + LONG,
                        "   1.2 s  robot   descend (1 of 4)",
                        "   1.2 s  robot   grasp (2 of 4)",
                        "  ✓ it held: seen");
    }

    @Test
    void onATerminalLongTextIsBrokenBetweenWordsAndIndented() {
        var text = terminal(screen -> screen.row(Row.Said.now("task", Ink.PLAIN, Span.plain(LONG))))
                .replaceAll("\u001b\\[[0-9;]*m", "");
        assertThat(text.lines()).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 81);
        assertThat(text.lines().skip(1))
                .allMatch(line -> line.startsWith(" ".repeat(18) + line.strip().charAt(0)));
        assertThat(text.replaceAll("\\s+", " ")).isEqualTo(" task " + LONG + " ");
    }

    @Test
    void onATerminalABarGrowsInItsPlaceAndTheNextLineStartsBelowIt() {
        var text = terminal(screen -> {
            screen.row(moving(0, "approach"));
            screen.row(moving(2, "grasp"));
            screen.tell("over");
        });
        assertThat(text.chars().filter(c -> c == '\n')).hasSize(2);
        assertThat(text).contains("\r\u001b[2K", "█".repeat(12), "░".repeat(12));
    }

    @Test
    void aCharacterSetWithoutSignsGetsPlainOnes() {
        var text = on(false, StandardCharsets.US_ASCII, screen -> {
            screen.chapter(1, "Stop");
            screen.row(Row.Said.now("gate", Ink.GOOD, Span.plain(screen.glyphs().yes() + " allowed")));
        });
        assertThat(text).contains("-----", "gate    + allowed").doesNotContain("?");
    }

    @Property
    void nothingASpeakerSaysReachesTheTerminalAsAControl(@ForAll String who, @ForAll String said) {
        var text = terminal(screen -> screen.row(new Row.Said(0, who, Ink.PLAIN, java.util.List.of(Span.plain(said)))));
        assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "").codePoints())
                .allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Property
    void aPrintableTextIsOneLineAndStaysAsItIsWhenRepeated(@ForAll String text) {
        var once = Printable.of(text);
        assertThat(once.lines().count()).isLessThanOrEqualTo(1);
        assertThat(Printable.of(once)).isEqualTo(once);
    }
}
