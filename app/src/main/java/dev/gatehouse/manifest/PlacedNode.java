package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML node and the place it takes in its text, so that an edit can leave everything around it alone.
 *
 * @param marked it carries an anchor or a tag
 * @param start in UTF-16 units, anchor and tag included
 * @param end behind the last character of its content; blank lines and comments that follow do not belong to it
 * @param column of the start, which for a block collection is its indentation
 * @param text of a scalar, otherwise empty
 * @param children items of a list; keys and values of a mapping by turns
 */
record PlacedNode(Shape shape, boolean marked, int start, int end, int column, String text, List<PlacedNode> children) {
    /** How a node is written. */
    enum Shape {
        ALIAS,
        SCALAR,
        BLOCK_SCALAR,
        FLOW,
        BLOCK_LIST,
        BLOCK_MAPPING
    }

    /** A key of a mapping with its value. */
    record Member(PlacedNode key, PlacedNode value) {}

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();
    private static final Pattern SUPPLEMENTARY = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

    /** The root of a document that {@link FrontmatterReader} accepts; empty if there is none. */
    static Optional<PlacedNode> root(String yaml) {
        // The library counts characters, a Java string halves of them: with two for one, both count alike.
        var counted = SUPPLEMENTARY.matcher(yaml).replaceAll("\uFFFD\uFFFD");
        try {
            var events = new Parse(SETTINGS).parseString(counted).iterator();
            events.next();
            events.next();
            return events.next() instanceof NodeEvent first ? Optional.of(node(first, events, yaml)) : Optional.empty();
        } catch (YamlEngineException e) {
            // Twice as many characters can make a key too long.
            return Optional.empty();
        }
    }

    /** The member of a block mapping whose key is written as a scalar of this text. */
    Optional<Member> member(String key) {
        if (shape != Shape.BLOCK_MAPPING) {
            return Optional.empty();
        }
        for (var i = 0; i < children.size(); i += 2) {
            if (children.get(i).text.equals(key)) {
                return Optional.of(new Member(children.get(i), children.get(i + 1)));
            }
        }
        return Optional.empty();
    }

    /** Whether a comment stands between {@code from}, which lies before the node, and the node's end. */
    boolean hasComment(String yaml, int from) {
        // Between nodes there is nothing but blanks, punctuation and comments; the first line of a block scalar is no
        // different.
        if (hasHash(yaml, from, start) || (shape == Shape.BLOCK_SCALAR && hasHash(yaml, start, lineEnd(yaml)))) {
            return true;
        }
        var at = start;
        for (var child : children) {
            if (child.hasComment(yaml, at)) {
                return true;
            }
            at = child.end;
        }
        return !children.isEmpty() && hasHash(yaml, at, end);
    }

    private int lineEnd(String yaml) {
        return Math.min(yaml.indexOf('\n', start), end);
    }

    private static boolean hasHash(String yaml, int from, int to) {
        return yaml.substring(from, to).indexOf('#') >= 0;
    }

    private static PlacedNode node(Event event, Iterator<Event> events, String yaml) {
        var mark = event.getStartMark().orElseThrow();
        var start = mark.getIndex();
        var end = event.getEndMark().map(Mark::getIndex).orElseThrow();
        return switch (event) {
            case ScalarEvent scalar -> {
                var block = scalar.isLiteral() || scalar.isFolded();
                yield new PlacedNode(
                        block ? Shape.BLOCK_SCALAR : Shape.SCALAR,
                        scalar.getAnchor().isPresent() || scalar.getTag().isPresent(),
                        start,
                        block ? trimmed(yaml, end) : end,
                        mark.getColumn(),
                        scalar.getValue(),
                        List.of());
            }
            case CollectionStartEvent collection -> {
                var children = new ArrayList<PlacedNode>();
                var next = events.next();
                for (; next instanceof NodeEvent; next = events.next()) {
                    children.add(node(next, events, yaml));
                }
                // The library ends a block collection where the next token begins, which may be many comments later.
                var closed = next.getEndMark().map(Mark::getIndex).orElseThrow();
                yield new PlacedNode(
                        shape(collection),
                        collection.getAnchor().isPresent()
                                || collection.getTag().isPresent(),
                        start,
                        collection.isFlow() ? closed : children.getLast().end,
                        mark.getColumn(),
                        "",
                        children);
            }
            case AliasEvent alias -> new PlacedNode(Shape.ALIAS, false, start, end, mark.getColumn(), "", List.of());
            default -> throw new IllegalStateException("not the start of a node: " + event.getEventId());
        };
    }

    private static Shape shape(CollectionStartEvent event) {
        if (event.isFlow()) {
            return Shape.FLOW;
        }
        return event.getEventId() == Event.ID.SequenceStart ? Shape.BLOCK_LIST : Shape.BLOCK_MAPPING;
    }

    private static int trimmed(String yaml, int end) {
        var last = end;
        while (" \t\r\n".indexOf(yaml.charAt(last - 1)) >= 0) {
            last--;
        }
        return last;
    }
}
