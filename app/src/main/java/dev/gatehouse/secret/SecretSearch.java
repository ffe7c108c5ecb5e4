package dev.gatehouse.secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Looks for secrets in a tree as somebody would wrap them who wants them to leave unseen: in pieces over several members, in
 * Base64, or percent-encoded once (D6.5, threats.md T8.2). Whoever encrypts them is not found out; this is a net, not a wall.
 */
final class SecretSearch {
    /** The alphabet of keys and tokens; pieces of one may be short. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+");
    private static final int SHORTEST = 16;
    private static final int LONGEST = 512;
    /** Pieces that are put together again, one after the other. */
    private static final int MOST_PIECES = 16;
    /** Up to so many words, each is also put before and after every other. */
    private static final int FEW = 64;

    private final Predicate<String> known;
    private final Predicate<String> holds;

    /**
     * A search for these secrets.
     *
     * @param known tells whether a word is a secret
     * @param holds tells whether a secret stands somewhere in a text
     */
    SecretSearch(Predicate<String> known, Predicate<String> holds) {
        this.known = known;
        this.holds = holds;
    }

    boolean finds(JsonNode tree) {
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        collect(tree, names, values);
        return in(names) || in(values);
    }

    private static void collect(JsonNode node, List<String> names, List<String> values) {
        if (node.isContainer()) {
            node.properties().forEach(member -> names.add(member.getKey()));
            node.forEach(child -> collect(child, names, values));
        } else {
            values.add(node.asString(""));
        }
    }

    private boolean in(List<String> texts) {
        var decoded = texts.stream().map(SecretSearch::unescaped).toList();
        return inPieces(texts) || (!decoded.equals(texts) && inPieces(decoded));
    }

    private boolean inPieces(List<String> texts) {
        var words = pieces(WORD, texts);
        return joined(words, known)
                || texts.stream().anyMatch(holds)
                || holds.test(String.join("", texts))
                || (words.size() <= FEW && swapped(words))
                || joined(pieces(BASE64, texts), this::inBase64);
    }

    private static List<String> pieces(Pattern shape, List<String> texts) {
        return texts.stream()
                .flatMap(text -> shape.matcher(text).results().map(MatchResult::group))
                .toList();
    }

    /** Whether some pieces, one after the other, are what is looked for. */
    private static boolean joined(List<String> pieces, Predicate<String> wanted) {
        for (var first = 0; first < pieces.size(); first++) {
            var candidate = new StringBuilder();
            var last = Math.min(pieces.size(), first + MOST_PIECES);
            for (var next = first; next < last && candidate.length() <= LONGEST; next++) {
                candidate.append(pieces.get(next));
                if (fits(candidate.length()) && wanted.test(candidate.toString())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean swapped(List<String> words) {
        return words.stream()
                .anyMatch(end -> words.stream()
                        .map(begin -> begin + end)
                        .anyMatch(candidate -> fits(candidate.length()) && known.test(candidate)));
    }

    /** Base64 makes three bytes of four characters, so that what is encoded may be longer than what is looked for. */
    private static boolean fits(int length) {
        return length >= SHORTEST && length <= 2 * LONGEST;
    }

    private boolean inBase64(String text) {
        var plain = text.replace('-', '+').replace('_', '/');
        try {
            var bytes =
                    Base64.getDecoder().decode(plain.substring(0, plain.length() - (plain.length() % 4 == 1 ? 1 : 0)));
            return holds.test(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String unescaped(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
