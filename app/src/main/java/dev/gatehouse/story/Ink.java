package dev.gatehouse.story;

/** How a piece of text stands out on a terminal, by its ANSI attribute; the text must say the same without it. */
public enum Ink {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("1;31"),
    WAIT("33"),
    MIND("36"),
    ROBOT("34"),
    PERSON("35");

    private final String attribute;

    Ink(String attribute) {
        this.attribute = attribute;
    }

    /** The text, which must be printable already, between the escape sequences that colour it. */
    public String on(String text) {
        return attribute.isEmpty() || text.isEmpty() ? text : "\u001b[" + attribute + "m" + text + "\u001b[0m";
    }
}
