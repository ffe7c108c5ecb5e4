package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads {@code scene.yaml}: {@code version}, {@code frame}, {@code table_z_mm}, {@code camera}, {@code objects} and
 * {@code places}. Strict: unknown or missing fields, duplicate keys, aliases and values out of bounds are refused by name.
 */
public final class SceneFile {
    private static final int MAX_CHARACTERS = 65_536;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_OBJECTS = 256;
    private static final double FARTHEST_MM = 10_000;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_]{0,63}");
    private static final LoadSettings STRICT = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .build();

    private SceneFile() {}

    /**
     * Reads the text of a scene file.
     *
     * @throws MalformedSceneException if it is not a scene; the message names the field
     */
    public static SimScene parse(String text) throws MalformedSceneException {
        var root = new Fields("scene", load(text));
        root.only(Set.of("version", "frame", "table_z_mm", "camera", "objects", "places"));
        if (root.number("version", 1, 1) != 1) {
            throw new MalformedSceneException("scene.version must be 1");
        }
        var objects = new ArrayList<SceneObject>();
        for (var entry : root.list("objects")) {
            entry.only(Set.of("id", "colour", "position_mm", "size_mm", "weight_kg"));
            objects.add(object(entry, false));
        }
        for (var entry : root.list("places")) {
            entry.only(Set.of("id", "colour", "position_mm", "size_mm"));
            objects.add(object(entry, true));
        }
        try {
            return new SimScene(
                    root.id("frame"),
                    root.number("table_z_mm", -FARTHEST_MM, FARTHEST_MM),
                    camera(root.map("camera")),
                    objects);
        } catch (IllegalArgumentException e) {
            throw new MalformedSceneException("scene: an id is used twice");
        }
    }

    private static SceneObject object(Fields fields, boolean place) throws MalformedSceneException {
        var weight = fields.has("weight_kg")
                ? OptionalDouble.of(fields.number("weight_kg", 0, 10_000))
                : OptionalDouble.empty();
        return new SceneObject(
                fields.id("id"),
                fields.colour(),
                fields.point("position_mm"),
                fields.number("size_mm", 1, FARTHEST_MM),
                weight,
                place);
    }

    private static SimCamera camera(Fields fields) throws MalformedSceneException {
        fields.only(Set.of("position_mm", "focal_px", "width", "height"));
        return new SimCamera(
                fields.point("position_mm"),
                fields.number("focal_px", 1, 100_000),
                (int) fields.number("width", 1, 100_000),
                (int) fields.number("height", 1, 100_000));
    }

    private static Object load(String text) throws MalformedSceneException {
        if (text.length() > MAX_CHARACTERS) {
            throw new MalformedSceneException("scene is larger than " + MAX_CHARACTERS + " characters");
        }
        try {
            // The depth is counted first: the loader itself recurses and would run out of stack.
            var depth = 0;
            for (var event : new Parse(STRICT).parseString(text)) {
                depth += change(event);
                if (depth > MAX_DEPTH || event.getEventId() == Event.ID.Alias) {
                    throw new MalformedSceneException("scene is nested too deeply or uses aliases");
                }
            }
            return Optional.ofNullable(new Load(STRICT).loadFromString(text)).orElse("");
        } catch (YamlEngineException e) {
            throw new MalformedSceneException("scene is not strict YAML");
        }
    }

    private static int change(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
        };
    }

    /** One mapping of the file and where it stands. */
    private record Fields(String where, Map<?, ?> values) {
        Fields(String where, Object value) throws MalformedSceneException {
            this(where, value instanceof Map<?, ?> map ? map : Map.of());
            if (!(value instanceof Map<?, ?>)) {
                throw new MalformedSceneException(where + " must be a mapping");
            }
        }

        void only(Set<String> names) throws MalformedSceneException {
            for (var key : values.keySet()) {
                if (!(key instanceof String name) || !names.contains(name)) {
                    throw new MalformedSceneException(where + " has an unknown field");
                }
            }
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        Fields map(String name) throws MalformedSceneException {
            return new Fields(where + "." + name, required(name));
        }

        List<Fields> list(String name) throws MalformedSceneException {
            if (!(required(name) instanceof List<?> items) || items.size() > MAX_OBJECTS) {
                throw new MalformedSceneException(where + "." + name + " must be a list of at most " + MAX_OBJECTS);
            }
            var fields = new ArrayList<Fields>();
            for (var item : items) {
                fields.add(new Fields(
                        where + "." + name + "[" + fields.size() + "]",
                        Optional.<Object>ofNullable(item).orElse("")));
            }
            return fields;
        }

        String id(String name) throws MalformedSceneException {
            if (required(name) instanceof String text && ID.matcher(text).matches()) {
                return text;
            }
            throw new MalformedSceneException(
                    where + "." + name + " must be an id of lower-case letters, digits and _");
        }

        Colour colour() throws MalformedSceneException {
            var word = required("colour");
            return Arrays.stream(Colour.values())
                    .filter(c -> c.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new MalformedSceneException(where + ".colour is not a known colour"));
        }

        double number(String name, double min, double max) throws MalformedSceneException {
            return number(where + "." + name, required(name), min, max);
        }

        Point point(String name) throws MalformedSceneException {
            var at = where + "." + name;
            if (!(required(name) instanceof List<?> list) || list.size() != 3) {
                throw new MalformedSceneException(at + " must be [x, y, z]");
            }
            return new Point(
                    number(at, list.get(0), -FARTHEST_MM, FARTHEST_MM),
                    number(at, list.get(1), -FARTHEST_MM, FARTHEST_MM),
                    number(at, list.get(2), -FARTHEST_MM, FARTHEST_MM));
        }

        private static double number(String at, @Nullable Object value, double min, double max)
                throws MalformedSceneException {
            if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
                return number.doubleValue();
            }
            throw new MalformedSceneException(at + " must be a number from " + min + " to " + max);
        }

        private Object required(String name) throws MalformedSceneException {
            return Optional.<Object>ofNullable(values.get(name))
                    .orElseThrow(() -> new MalformedSceneException(where + "." + name + " is missing"));
        }
    }
}
