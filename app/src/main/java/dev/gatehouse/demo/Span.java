package dev.gatehouse.demo;

/** A stretch of text in one ink; what is not printable in it is made so by the {@link Screen}. */
record Span(Ink ink, String text) {
    static Span plain(String text) {
        return new Span(Ink.PLAIN, text);
    }

    static Span faint(String text) {
        return new Span(Ink.FAINT, text);
    }
}
