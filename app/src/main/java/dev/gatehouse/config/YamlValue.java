package dev.gatehouse.config;

import dev.gatehouse.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A value of a YAML document with its place in it, read strictly: every complaint names line and place.
 *
 * @param place where the value stands, such as {@code turns[2].when}; empty for the document itself
 */
public record YamlValue(Node node, String place) {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?");

    /** The members of a mapping; a member that is not allowed, not named by a string or a number, or there twice is an error. */
    public YamlMembers members(Set<String> allowed) throws ConfigException {
        var members = members();
        for (var member : members.entrySet()) {
            if (!allowed.contains(member.getKey())) {
                throw member.getValue()
                        .error("unknown member '" + member.getKey() + "' (known: "
                                + String.join(", ", new TreeSet<>(allowed)) + ")");
            }
        }
        return new YamlMembers(this, members);
    }

    private Map<String, YamlValue> members() throws ConfigException {
        if (!(node instanceof MappingNode mapping)) {
            throw error("must be a mapping");
        }
        var members = new LinkedHashMap<String, YamlValue>();
        for (NodeTuple tuple : mapping.getValue()) {
            var name = new YamlValue(tuple.getKeyNode(), place).text();
            var value = new YamlValue(tuple.getValueNode(), place.isEmpty() ? name : place + "." + name);
            if (members.put(name, value) != null) {
                throw value.error("stands there twice");
            }
        }
        return members;
    }

    public List<YamlValue> items() throws ConfigException {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("must be a list");
        }
        var nodes = sequence.getValue();
        return IntStream.range(0, nodes.size())
                .mapToObj(i -> new YamlValue(nodes.get(i), place + "[" + i + "]"))
                .toList();
    }

    public String string() throws ConfigException {
        return scalar(Tag.STR, "a string");
    }

    /** A string that is not blank. */
    public String name() throws ConfigException {
        var text = string();
        if (text.isBlank()) {
            throw error("must not be empty");
        }
        return text;
    }

    public Pattern pattern() throws ConfigException {
        var text = string();
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw error("is not a regular expression: " + e.getDescription());
        }
    }

    public int integer(int least, int most) throws ConfigException {
        var number = scalar(Tag.INT, "a whole number");
        try {
            var value = new BigInteger(number);
            if (value.compareTo(BigInteger.valueOf(least)) >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0) {
                return value.intValueExact();
            }
        } catch (NumberFormatException notDecimal) {
            throw error("must be written in decimal");
        }
        throw error("must be between " + least + " and " + most);
    }

    /** A string; a number counts as its own text, so that a token of digits needs no quotes. */
    public String text() throws ConfigException {
        if (node instanceof ScalarNode scalar
                && Set.of(Tag.STR, Tag.INT, Tag.FLOAT).contains(scalar.getTag())) {
            return scalar.getValue();
        }
        throw error("must be a string");
    }

    /** A finite number, exactly as it is written. */
    public BigDecimal decimal() throws ConfigException {
        if (node instanceof ScalarNode scalar
                && Set.of(Tag.INT, Tag.FLOAT).contains(scalar.getTag())
                && DECIMAL.matcher(scalar.getValue()).matches()) {
            return new BigDecimal(scalar.getValue());
        }
        throw error("must be a decimal number");
    }

    /** A number within bounds. */
    public double number(double least, double most) throws ConfigException {
        var value = decimal().doubleValue();
        if (value >= least && value <= most) {
            return value;
        }
        throw error("must be between " + least + " and " + most);
    }

    public boolean bool() throws ConfigException {
        return scalar(Tag.BOOL, "true or false").equalsIgnoreCase("true");
    }

    /** What the reader makes of each item of a list. */
    public <T> List<T> each(YamlMembers.Reader<T> reader) throws ConfigException {
        var all = new ArrayList<T>();
        for (var item : items()) {
            all.add(reader.read(item));
        }
        return List.copyOf(all);
    }

    /** What the reader makes of each member of a mapping whose keys are free, in document order. */
    public <T> Map<String, T> map(YamlMembers.Reader<T> reader) throws ConfigException {
        var all = new LinkedHashMap<String, T>();
        for (var member : members().entrySet()) {
            all.put(member.getKey(), reader.read(member.getValue()));
        }
        return all;
    }

    /** A switch that is either there, as true, or absent. */
    public void isTrue() throws ConfigException {
        if (!scalar(Tag.BOOL, "true").equalsIgnoreCase("true")) {
            throw error("must be true; leave it out otherwise");
        }
    }

    boolean isNull() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** A string that is one of the given words. */
    public String word(Set<String> words) throws ConfigException {
        var text = string();
        if (!words.contains(text)) {
            throw error("must be one of " + String.join(", ", new TreeSet<>(words)));
        }
        return text;
    }

    public boolean isWord(String word) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    /** The value as a JSON object; numbers keep their decimals. */
    public ObjectNode jsonObject() throws ConfigException {
        var object = Json.object();
        for (var member : members().entrySet()) {
            object.set(member.getKey(), member.getValue().json());
        }
        return object;
    }

    private JsonNode json() throws ConfigException {
        return switch (node.getNodeType()) {
            case MAPPING -> jsonObject();
            case SEQUENCE -> {
                var array = Json.array();
                for (var item : items()) {
                    array.add(item.json());
                }
                yield array;
            }
            case SCALAR -> jsonScalar((ScalarNode) node);
            case ANCHOR -> throw error("must not be an alias");
        };
    }

    private JsonNode jsonScalar(ScalarNode scalar) throws ConfigException {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        try {
            if (tag.equals(Tag.STR)) {
                return StringNode.valueOf(text);
            }
            if (tag.equals(Tag.INT)) {
                return BigIntegerNode.valueOf(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return DecimalNode.valueOf(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            throw error("must be a decimal number that JSON can hold");
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        throw error("has a tag that means nothing here");
    }

    private String scalar(Tag tag, String wanted) throws ConfigException {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
            return scalar.getValue();
        }
        throw error("must be " + wanted);
    }

    /** A complaint about this value. */
    public ConfigException error(String problem) {
        return ConfigException.at(line(node.getStartMark()), (place.isEmpty() ? "" : place + ": ") + problem);
    }

    /** The line of a mark, counted from 1. */
    static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
