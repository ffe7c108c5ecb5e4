package dev.gatehouse.agent;

import tools.jackson.databind.node.ObjectNode;

/** Text of models and tools as events carry it: at most 32 KiB, so that a line stays within its bound (D4.1, D4.5). */
final class EventText {
    /** Longest text of an event, in characters. */
    static final int MAX = 32_768;
    /** Longest word that can be a secret; see {@link dev.gatehouse.secret.Redactor}. */
    private static final int MAX_WORD = 512;

    private EventText() {}

    /** Puts a text under a name, and {@code truncated} beside it if it was cut. */
    static void put(ObjectNode members, String name, String text) {
        members.put(name, cut(text));
        if (text.length() > MAX) {
            members.put("truncated", true);
        }
    }

    /** Cut between words where possible: half a secret would not be recognised, and would be stored. */
    private static String cut(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        var end = MAX;
        while (end > MAX - MAX_WORD && wordGoesOn(text, end)) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean wordGoesOn(String text, int at) {
        return ofAWord(text.charAt(at - 1)) && ofAWord(text.charAt(at));
    }

    private static boolean ofAWord(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
