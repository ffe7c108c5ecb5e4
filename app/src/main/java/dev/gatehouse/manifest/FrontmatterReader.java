package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the frontmatter tree from YAML events: one document, core schema, no merging, no duplicate keys, bounded depth and aliases
 * (robot-md.md 2.3).
 *
 * <p>It composes the tree itself instead of using the library's composer, because limits, duplicates and the source text of keys have to
 * be known while reading, and because no tag may ever reach code that constructs types. One use per instance.
 */
final class FrontmatterReader {
    /** The line of the file on which the YAML text begins. */
    static final int FIRST_LINE = 2;

    /** Deepest nesting, aliases expanded; deeper input is an attempt to exhaust the stack. */
    static final int MAX_DEPTH = 100;

    /** Most alias references, counted after expansion; more is an attempt to exhaust memory. */
    static final int MAX_ALIASES = 100;

    /**
     * Largest tree, aliases expanded, in characters of scalars and two for every node. No file without aliases reaches it; a hundred
     * references to one huge list would otherwise cost every reader of the tree a hundred times the file.
     */
    static final int MAX_WEIGHT = 4 * ManifestParser.MAX_BYTES;

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private final String yaml;
    private final Scalars scalars = new Scalars();
    private final Map<Anchor, Optional<Anchored>> anchors = new HashMap<>();
    private final Iterator<Event> events;
    private int aliases;
    private int weight;
    private int lastLine = FIRST_LINE;

    FrontmatterReader(String yaml) {
        this.yaml = yaml;
        this.events = new Parse(SETTINGS).parseString(yaml).iterator();
    }

    /** A value together with the number of levels it spans; {@code key} is the source text of a scalar, absent for a collection. */
    private record Node(@Nullable Object value, int height, Optional<String> key) {
        static Node scalar(ScalarEvent event, @Nullable Object value) {
            return new Node(value, 0, Optional.of(event.getValue()));
        }
    }

    /** A finished anchored node, and how many aliases and how much weight one reference to it brings along. */
    private record Anchored(Node node, int aliases, int weight) {}

    List<Warning> warnings() {
        return scalars.warnings();
    }

    /** The document's value; null if the document is empty. */
    @Nullable Object read() throws YamlProblem {
        refuseLoneCarriageReturns();
        try {
            return document();
        } catch (YamlEngineException e) {
            throw YamlProblems.of(e, yaml);
        } catch (IllegalArgumentException e) {
            // The library's scanner lets this one escape for a number in an escape sequence that is no character.
            throw new YamlProblem("not a valid escape sequence after this point", lastLine, 1);
        }
    }

    private @Nullable Object document() throws YamlProblem {
        next();
        var first = next();
        if (!(first instanceof DocumentStartEvent start)) {
            return null;
        }
        if (start.isExplicit()) {
            throw problem("document markers and directives are not allowed", start);
        }
        var root = node(next(), 1).value();
        var end = next();
        if (end instanceof DocumentEndEvent document && document.isExplicit()) {
            throw problem("a document end marker is not allowed", end);
        }
        var last = next();
        if (last instanceof DocumentStartEvent) {
            throw problem("more than one document", last);
        }
        return root;
    }

    /** Reads one node whose collections would lie on level {@code depth}. */
    private Node node(Event event, int depth) throws YamlProblem {
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth);
        }
        var anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.<Anchor>empty();
        anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
        var aliasesBefore = aliases;
        var weightBefore = weight;
        weight += event instanceof ScalarEvent scalar ? 2 + scalar.getValue().length() : 2;
        var node = content(event, depth);
        anchor.ifPresent(name ->
                anchors.put(name, Optional.of(new Anchored(node, aliases - aliasesBefore, weight - weightBefore))));
        return node;
    }

    private Node content(Event event, int depth) throws YamlProblem {
        if (event instanceof ScalarEvent scalar) {
            return Node.scalar(scalar, scalars.value(scalar));
        }
        if (event instanceof SequenceStartEvent start) {
            return sequence(start, depth);
        }
        if (event instanceof MappingStartEvent start) {
            return mapping(start, depth);
        }
        throw problem("unexpected content", event);
    }

    private Node alias(AliasEvent event, int depth) throws YamlProblem {
        var target = anchors.get(event.getAlias());
        if (target == null) {
            throw problem("alias without a preceding anchor", event);
        }
        if (target.isEmpty()) {
            throw problem("alias to a node that contains it", event);
        }
        aliases += 1 + target.get().aliases();
        if (aliases > MAX_ALIASES) {
            throw problem("more than " + MAX_ALIASES + " aliases after expansion", event);
        }
        weight += target.get().weight();
        if (weight > MAX_WEIGHT) {
            throw problem("aliases expand to more than any file may hold", event);
        }
        var node = target.get().node();
        if (depth - 1 + node.height() > MAX_DEPTH) {
            throw problem("nesting deeper than " + MAX_DEPTH + " levels", event);
        }
        return node;
    }

    private Node sequence(SequenceStartEvent start, int depth) throws YamlProblem {
        open(start, depth);
        scalars.collectionTag(start.getTag(), "seq", start);
        var items = new ArrayList<@Nullable Object>();
        var height = 0;
        for (var event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            var item = node(event, depth + 1);
            items.add(item.value());
            height = Math.max(height, item.height());
        }
        items.trimToSize();
        return new Node(Collections.unmodifiableList(items), height + 1, Optional.empty());
    }

    private Node mapping(MappingStartEvent start, int depth) throws YamlProblem {
        open(start, depth);
        scalars.collectionTag(start.getTag(), "map", start);
        var members = new LinkedHashMap<String, @Nullable Object>();
        var height = 0;
        for (var event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            var key = key(event, depth);
            var value = node(next(), depth + 1);
            if (members.containsKey(key)) {
                throw problem("duplicate key", event);
            }
            members.put(key, value.value());
            height = Math.max(height, value.height());
        }
        return new Node(Collections.unmodifiableMap(members), height + 1, Optional.empty());
    }

    private String key(Event event, int depth) throws YamlProblem {
        var key = event instanceof NodeEvent ? node(event, depth + 1).key() : Optional.<String>empty();
        if (key.isEmpty()) {
            throw problem("a list or mapping cannot be a key", event);
        }
        return key.get();
    }

    private Event next() {
        var event = events.next();
        lastLine = event.getStartMark().map(Mark::getLine).orElse(0) + FIRST_LINE;
        return event;
    }

    private static void open(Event start, int depth) throws YamlProblem {
        if (depth > MAX_DEPTH) {
            throw problem("nesting deeper than " + MAX_DEPTH + " levels", start);
        }
    }

    /** The library takes a lone carriage return for a line end, which would let one line of a file hold two fields (2.1). */
    private void refuseLoneCarriageReturns() throws YamlProblem {
        for (var at = yaml.indexOf('\r'); at >= 0; at = yaml.indexOf('\r', at + 1)) {
            if (!yaml.startsWith("\r\n", at)) {
                throw YamlProblems.at("carriage return without line feed", yaml, at);
            }
        }
    }

    private static YamlProblem problem(String reason, Event event) {
        return YamlProblems.at(reason, event);
    }
}
