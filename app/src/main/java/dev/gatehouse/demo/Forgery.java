package dev.gatehouse.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One bit of one record, and what it is worth to somebody: in ASCII, bob and rob are a bit apart.
 *
 * @param number of the record, from 1
 * @param before what is written there
 * @param after what is written there once the bit is flipped
 */
record Forgery(int number, String before, String after) {
    private static final String BOB = "\"caller\":\"bob\"";

    /** The record that says that bob was refused, else the one in the middle. */
    static Forgery on(List<String> lines) {
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var refusal = line.contains("\"event\":\"gate_deny\"") || line.contains("\"event\":\"task_refused\"");
            if (refusal && line.contains(BOB)) {
                return new Forgery(i + 1, BOB, BOB.replace("bob", "rob"));
            }
        }
        return new Forgery(lines.size() / 2 + 1, "\"event\"", "\"evenu\"");
    }

    /** The log with the one bit flipped, all other bytes as they are. */
    byte[] applyTo(byte[] log) {
        var forged = log.clone();
        var text = new String(log, StandardCharsets.ISO_8859_1);
        var lineStart = 0;
        for (var line = 1; line < number; line++) {
            lineStart = text.indexOf('\n', lineStart) + 1;
        }
        var at = text.indexOf(before, lineStart);
        for (var i = 0; i < before.length(); i++) {
            forged[at + i] = (byte) after.charAt(i);
        }
        return forged;
    }
}
