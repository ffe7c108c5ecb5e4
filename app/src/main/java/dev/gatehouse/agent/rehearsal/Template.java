package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Text with holes that the conversation fills: {@code {{goal}}}, {@code {{goal.word(n)}}}, {@code {{last.text(n)}}} and
 * {@code {{tools}}}. There is no code, no environment and no file behind a hole, and what fills one is not read again.
 */
record Template(List<Piece> pieces) {
    private static final Pattern HOLE = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern EXPRESSION =
            Pattern.compile("(?<plain>goal|tools)|(?<sized>goal\\.word|last\\.text)\\(\\s*(?<n>[1-9]\\d{0,5})\\s*\\)");

    Template {
        pieces = List.copyOf(pieces);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if something between double braces is not one of the four holes
     */
    static Template of(String text) {
        var pieces = new ArrayList<Piece>();
        var hole = HOLE.matcher(text);
        var from = 0;
        while (hole.find()) {
            pieces.add(new Literal(text.substring(from, hole.start())));
            pieces.add(expression(hole.group(1).strip()));
            from = hole.end();
        }
        pieces.add(new Literal(text.substring(from)));
        return new Template(pieces);
    }

    private static Piece expression(String text) {
        var expression = EXPRESSION.matcher(text);
        if (!expression.matches()) {
            throw new IllegalArgumentException(
                    "{{" + text
                            + "}} is not a template (known: {{goal}}, {{goal.word(n)}}, {{last.text(n)}}, {{tools}}, n from 1)");
        }
        if (expression.group("plain") != null) {
            return expression.group("plain").equals("goal") ? new Goal() : new Tools();
        }
        var n = Integer.parseInt(expression.group("n"));
        return expression.group("sized").equals("goal.word") ? new GoalWord(n) : new LastText(n);
    }

    /** A copy of a JSON tree in which every string, read as a template, is filled in. */
    static JsonNode fill(JsonNode node, Conversation conversation) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var filled = Json.object();
                node.properties().forEach(member -> filled.set(member.getKey(), fill(member.getValue(), conversation)));
                yield filled;
            }
            case ARRAY -> {
                var filled = Json.array();
                node.values().forEach(item -> filled.add(fill(item, conversation)));
                yield filled;
            }
            case STRING -> StringNode.valueOf(of(node.stringValue()).fill(conversation));
            case NUMBER, BOOLEAN, NULL, BINARY, MISSING, POJO -> node;
        };
    }

    String fill(Conversation conversation) {
        return pieces.stream().map(piece -> piece.fill(conversation)).collect(Collectors.joining());
    }

    /** A stretch of a template. */
    sealed interface Piece {
        String fill(Conversation conversation);
    }

    private record Literal(String text) implements Piece {
        @Override
        public String fill(Conversation conversation) {
            return text;
        }
    }

    private record Goal() implements Piece {
        @Override
        public String fill(Conversation conversation) {
            return conversation.goal();
        }
    }

    /** The n-th word of the goal, counted from 1, words being what white space separates; empty when there are fewer. */
    private record GoalWord(int n) implements Piece {
        @Override
        public String fill(Conversation conversation) {
            var words = conversation.goal().strip().split("\\s+", -1);
            return n <= words.length ? words[n - 1] : "";
        }
    }

    /** The first n characters of the latest tool result's text. */
    private record LastText(int n) implements Piece {
        @Override
        public String fill(Conversation conversation) {
            var text = conversation.lastText();
            return text.codePointCount(0, text.length()) <= n ? text : text.substring(0, text.offsetByCodePoints(0, n));
        }
    }

    /** The offered tools in the order of the request, without their prefixes. */
    private record Tools() implements Piece {
        @Override
        public String fill(Conversation conversation) {
            return conversation.tools().stream()
                    .map(name -> name.substring(name.lastIndexOf("__") < 0 ? 0 : name.lastIndexOf("__") + 2))
                    .collect(Collectors.joining(", "));
        }
    }
}
