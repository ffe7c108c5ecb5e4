package dev.gatehouse.story;

/** A stretch of text in one ink; what is not printable in it is made so by the {@link Screen}. */
public record Span(Ink ink, String text) {
    public static Span plain(String text) {
        return new Span(Ink.PLAIN, text);
    }

    public static Span faint(String text) {
        return new Span(Ink.FAINT, text);
    }
}
