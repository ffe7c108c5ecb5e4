package dev.gatehouse.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A verifier written from the record format alone (threats.md T20.2): no JSON library and nothing of the product. It cuts the top-level
 * member {@code hash} out of the text, hashes what is left, and compares numbers and links.
 */
final class SecondVerifier {
    private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+)");
    private static final Pattern PREV = Pattern.compile("\"prev\":\"([0-9a-f]{64})\"");

    private SecondVerifier() {}

    /** Number of intact records; fails with an assertion at the first that is not. */
    static long count(Path directory) throws Exception {
        var prev = "0".repeat(64);
        var seq = 0L;
        try (var files = Files.list(directory)) {
            var segments = files.filter(f -> f.toString().endsWith(".ndjson"))
                    .sorted(Comparator.comparingLong(
                            f -> Long.parseLong(f.getFileName().toString().replaceAll("[^0-9]", ""))))
                    .toList();
            for (var segment : segments) {
                var text = Files.readString(segment, StandardCharsets.UTF_8);
                if (!text.isEmpty() && !text.endsWith("\n")) {
                    throw new AssertionError("torn: " + segment);
                }
                for (var line : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
                    if (line.isEmpty()) {
                        continue;
                    }
                    var at = topLevel(line, "\"hash\":\"");
                    var hash = line.substring(at + 8, at + 72);
                    var rest = line.substring(0, at) + line.substring(at + 74);
                    seq++;
                    equal(Long.toString(seq), group(SEQ, line, topLevel(line, "\"seq\":")));
                    equal(prev, group(PREV, line, topLevel(line, "\"prev\":")));
                    equal(hash, sha256(rest));
                    prev = hash;
                }
            }
        }
        return seq;
    }

    /** Where a member of the outermost object starts. */
    private static int topLevel(String line, String member) {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (!quoted && depth == 1 && line.startsWith(member, i)) {
                return i;
            }
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
            }
        }
        throw new AssertionError("no member " + member);
    }

    private static String group(Pattern pattern, String line, int at) {
        var matcher = pattern.matcher(line).region(at, line.length());
        if (!matcher.lookingAt()) {
            throw new AssertionError("malformed at " + at);
        }
        return matcher.group(1);
    }

    private static String sha256(String text) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static void equal(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but found " + actual);
        }
    }
}
