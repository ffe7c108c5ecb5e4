package dev.gatehouse.setup;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.BearersFile.Listed;
import dev.gatehouse.gate.Role;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.time.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The text of a bearers file, changed entry by entry: comments, order and style of everything else stay as they are (D15.7).
 *
 * <p>Every change gives a new text, which is read again as a server would read it before anybody sees it.
 */
final class BearersText {
    private static final Set<String> SECRETS = Set.of("token", "token_sha256", "token_hash");

    private final String text;
    private final List<Listed> entries;

    private BearersText(String text, List<Listed> entries) {
        this.text = text;
        this.entries = entries;
    }

    /**
     * A text as it stands.
     *
     * @throws ConfigException if a server would refuse it
     */
    static BearersText of(String text) throws ConfigException {
        return new BearersText(text, BearersFile.list(text));
    }

    String text() {
        return text;
    }

    List<Listed> entries() {
        return entries;
    }

    private static List<String> members(Grant grant, String sha256) {
        var members = new ArrayList<String>();
        // Quoted, because a name of digits would be a number, and one of another kind a date.
        members.add("caller: \"" + grant.caller() + '"');
        members.add("tier: " + grant.tier().wire());
        if (!grant.roles().isEmpty()) {
            members.add("roles: ["
                    + grant.roles().stream().map(Role::wire).sorted().collect(Collectors.joining(", ")) + "]");
        }
        members.add(secret(sha256));
        grant.expires().ifPresent(until -> members.add("expires: " + Rfc3339.format(until)));
        return members;
    }

    /** With one more entry, after the others. */
    BearersText add(Grant grant, String sha256) throws ConfigException {
        var last = entries.getLast().source().node();
        var members = members(grant, sha256);
        if (inFlow()) {
            return edited(List.of(insert(end(last), ", {" + String.join(", ", members) + "}")));
        }
        var indent = " ".repeat(column(lineOfDash(last)));
        var entry = indent + "- " + String.join(eol() + indent + "  ", members) + eol();
        return edited(List.of(insertLines(end(last), entry)));
    }

    /**
     * Without one entry.
     *
     * @throws ConfigException also if it is the only one: nobody could call such a server
     */
    BearersText revoke(Listed entry) throws ConfigException {
        if (entries.size() == 1) {
            throw new ConfigException("it is the only credential, and a server without any does not start");
        }
        var node = entry.source().node();
        if (!inFlow()) {
            return edited(List.of(new Edit(lineOfDash(node), lineEnd(end(node)), "")));
        }
        var at = entries.indexOf(entry);
        return edited(List.of(
                at == 0
                        ? new Edit(start(node), start(entries.get(1).source().node()), "")
                        : new Edit(end(entries.get(at - 1).source().node()), end(node), "")));
    }

    /** With another secret for one entry; the old one stays good until the given instant, if there is one. */
    BearersText rotate(Listed entry, String sha256, Optional<Instant> oldUntil) throws ConfigException {
        var node = entry.source().node();
        var fresh = replaced(secret(node), secret(sha256));
        if (oldUntil.isEmpty()) {
            return edited(List.of(fresh));
        }
        if (inFlow()) {
            var copy = fresh.within(text, start(node), end(node));
            return edited(List.of(insert(end(node), ", " + copy), expiring(entry, oldUntil.get())));
        }
        var copy = fresh.within(text, lineOfDash(node), lineEnd(end(node)));
        return edited(List.of(expiring(entry, oldUntil.get()), insertLines(end(node), copy)));
    }

    /** With the hash in place of every plain token (D2.4). */
    BearersText hashed() throws ConfigException {
        var edits = new ArrayList<Edit>();
        for (var entry : entries) {
            if (entry.plain()) {
                var tuple = secret(entry.source().node());
                var token = ((ScalarNode) tuple.getValueNode()).getValue();
                edits.add(replaced(tuple, secret(CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8)))));
            }
        }
        return edited(edits);
    }

    private static String secret(String sha256) {
        return "token_sha256: \"" + sha256 + '"';
    }

    private Edit expiring(Listed entry, Instant until) {
        var mapping = (MappingNode) entry.source().node();
        var member = "expires: " + Rfc3339.format(until);
        var tuple = find(mapping, Set.of("expires"));
        if (tuple.isPresent()) {
            var sooner =
                    entry.expires().filter(already -> already.isBefore(until)).isPresent();
            return sooner ? insert(start(mapping), "") : replaced(tuple.get(), member);
        }
        if (flow(mapping)) {
            return insert(end(mapping.getValue().getLast()), ", " + member);
        }
        var indent = " ".repeat(column(start(mapping)));
        return insertLines(end(mapping), indent + member + eol());
    }

    private static NodeTuple secret(Node entry) {
        return find((MappingNode) entry, SECRETS).orElseThrow();
    }

    private static Optional<NodeTuple> find(MappingNode mapping, Set<String> names) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && names.contains(key.getValue()))
                .findFirst();
    }

    private BearersText edited(List<Edit> edits) throws ConfigException {
        var out = new StringBuilder(text);
        // From the back, so that the places of the others stay right; of two at one place the later in the list ends up
        // behind.
        edits.reversed().stream()
                .sorted(Comparator.comparingInt(Edit::from).reversed())
                .forEach(edit -> out.replace(edit.from(), edit.to(), edit.with()));
        return of(out.toString());
    }

    private Edit replaced(NodeTuple tuple, String with) {
        return new Edit(start(tuple.getKeyNode()), end(tuple), with);
    }

    private static Edit insert(int at, String what) {
        return new Edit(at, at, what);
    }

    /** Whole lines after the one that holds this place. */
    private Edit insertLines(int after, String lines) {
        var at = lineEnd(after);
        return insert(at, at > 0 && text.charAt(at - 1) == '\n' ? lines : eol() + lines);
    }

    /** Whether the entries stand in brackets. */
    private boolean inFlow() {
        var first = entries.getFirst().source().node();
        var before = text.substring(0, start(first)).stripTrailing();
        return before.endsWith("[");
    }

    private static boolean flow(Node node) {
        return node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
    }

    private int start(Node node) {
        return offset(node.getStartMark());
    }

    /** Where the last character of a node stands; the library says of a block that it reaches to whatever comes next. */
    private int end(Node node) {
        return node instanceof MappingNode mapping && !flow(mapping)
                ? end(mapping.getValue().getLast())
                : node instanceof CollectionNode<?> list
                                && !flow(list)
                                && list.getValue().getLast() instanceof Node item
                        ? end(item)
                        : offset(node.getEndMark());
    }

    private int end(NodeTuple tuple) {
        return Math.max(offset(tuple.getKeyNode().getEndMark()), end(tuple.getValueNode()));
    }

    private int offset(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    /** Start of the line with the dash of a block entry, which may stand alone above it. */
    private int lineOfDash(Node entry) {
        var line = lineStart(start(entry));
        while (line > 0 && !text.substring(line).stripLeading().startsWith("-")) {
            line = lineStart(line - 1);
        }
        return line;
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    private int lineEnd(int at) {
        var feed = text.indexOf('\n', at);
        return feed < 0 ? text.length() : feed + 1;
    }

    /** How far the first character that is not a blank stands from the start of its line. */
    private int column(int at) {
        var blank = at;
        while (text.charAt(blank) == ' ') {
            blank++;
        }
        return blank - lineStart(blank);
    }

    private String eol() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** A piece of the text and what stands there afterwards. */
    private record Edit(int from, int to, String with) {
        /** What a part of the text becomes by this edit, which lies in it. */
        String within(String text, int start, int end) {
            return text.substring(start, from) + with + text.substring(to, end);
        }
    }
}
