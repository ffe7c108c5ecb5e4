package dev.gatehouse.story;

import dev.gatehouse.terminal.Glyphs;
import dev.gatehouse.terminal.Printable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Where the story is shown: coloured, wrapped and with moving bars on a terminal, one plain line for each thing otherwise.
 *
 * <p>All text passes {@link Printable} here and nowhere else, so that no caller can forget it. Used by one thread.
 */
public final class Screen {
    private static final int WIDTH = 80;
    private static final int INDENT = 18;
    private static final int BAR = 24;
    private static final String RETURN = "\r\u001b[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Glyphs glyphs;
    /** A bar stands on the current line, without a line end. */
    private boolean bar;
    /** What stands on the current line is not worth keeping. */
    private boolean fleeting;

    /**
     * A screen.
     *
     * @param terminal whether colours and moving bars make sense
     */
    public Screen(PrintStream out, boolean terminal) {
        this(new PrintWriter(out, true, out.charset()), Glyphs.in(out.charset()), terminal);
    }

    /** The same on a writer, which does not know what signs its reader can see. */
    public Screen(PrintWriter out, Glyphs glyphs, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.glyphs = glyphs;
    }

    /** The signs that can be seen here. */
    public Glyphs glyphs() {
        return glyphs;
    }

    /** An empty line. */
    public void blank() {
        line("");
    }

    /** The headline of all. */
    public void title(String text, String below) {
        blank();
        line("  " + ink(Ink.BOLD, text));
        line("  " + ink(Ink.FAINT, below));
    }

    /** The headline of one part. */
    public void chapter(int number, String title) {
        blank();
        blank();
        line(ink(Ink.BOLD, " " + number + "  " + title));
        line(ink(Ink.FAINT, glyphs.rule().repeat(WIDTH)));
    }

    /** A paragraph by the narrator. */
    public void tell(String text) {
        tell(Ink.FAINT, text);
    }

    /** The same in another ink. */
    public void tell(Ink ink, String text) {
        line(flow("  ", 2, List.of(new Span(ink, text))));
    }

    /** What is sent to the server, as one could type it. */
    public void request(String what, String as, String body) {
        row(Row.Said.now(as, Ink.PERSON, new Span(Ink.BOLD, what), Span.plain(body.isEmpty() ? "" : " " + body)));
    }

    /** One line of the story. */
    public void row(Row row) {
        var time = row.atMillis() < 0 ? "" : String.format(Locale.ROOT, "%.1f s", row.atMillis() / 1000.0);
        var head = "%8s  ".formatted(time);
        switch (row) {
            case Row.Said said -> {
                var who = "%-8s".formatted(Printable.of(said.who(), 8, ""));
                line(flow(ink(Ink.FAINT, head) + ink(said.ink(), who), INDENT, said.spans()));
            }
            case Row.Moving moving -> {
                var who = ink(Ink.ROBOT, "%-8s".formatted(moving.who()));
                moving(ink(Ink.FAINT, head) + who, moving);
            }
        }
    }

    private void moving(String head, Row.Moving moving) {
        var phase = Printable.of(moving.phase(), 40, glyphs.more());
        if (!terminal) {
            line(head + phase + " (" + moving.done() + " of " + moving.total() + ")");
            return;
        }
        var full = moving.total() <= 0 ? 0 : Math.clamp((long) BAR * moving.done() / moving.total(), 0, BAR);
        out.print((bar || fleeting ? RETURN : "") + head
                + ink(Ink.ROBOT, glyphs.full().repeat(full))
                + ink(Ink.FAINT, glyphs.empty().repeat(BAR - full)) + " " + phase);
        out.flush();
        bar = true;
        fleeting = false;
    }

    /** Something still goes on; seen on a terminal only, and only until the next line comes. */
    public void waiting(String what) {
        if (terminal && !bar) {
            out.print(RETURN + ink(Ink.FAINT, " ".repeat(10) + Printable.of(what, WIDTH - 12, glyphs.more())));
            out.flush();
            fleeting = true;
        }
    }

    /** One line of the table at the end: a sign, a statement, and what it rests on. */
    public void claim(Ink ink, String sign, String what, String evidence) {
        line(flow(
                "  " + ink(ink, sign) + " ",
                2 + sign.length() + 1,
                List.of(Span.plain(what), Span.faint(evidence.isEmpty() ? "" : ": " + evidence))));
    }

    private String ink(Ink ink, String text) {
        return terminal ? ink.on(text) : text;
    }

    /** The spans one after the other, broken between words where the line would get too long. */
    private String flow(String head, int indent, List<Span> spans) {
        var text = new StringBuilder(head);
        var column = indent;
        for (var span : spans) {
            var piece = new StringBuilder();
            for (var word : Printable.of(span.text()).split("(?<= )", -1)) {
                var length = word.codePointCount(0, word.length());
                if (terminal && column > indent && column + word.stripTrailing().length() > WIDTH) {
                    text.append(ink(span.ink(), piece.toString()));
                    text.append('\n').append(" ".repeat(indent));
                    piece.setLength(0);
                    column = indent;
                }
                piece.append(word);
                column += length;
            }
            text.append(ink(span.ink(), piece.toString()));
        }
        return text.toString();
    }

    private void line(String text) {
        out.print((fleeting ? RETURN : bar ? "\n" : "") + text.stripTrailing() + "\n");
        out.flush();
        bar = false;
        fleeting = false;
    }
}
