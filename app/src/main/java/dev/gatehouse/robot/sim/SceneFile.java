package dev.gatehouse.robot.sim;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlMembers;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.robot.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code scene.yaml}: {@code version}, {@code frame}, {@code table_z_mm}, {@code camera}, {@code objects} and
 * {@code places}. Strict: unknown or missing fields and values out of bounds are refused by name.
 */
public final class SceneFile {
    private static final int MAX_OBJECTS = 256;
    private static final double FARTHEST_MM = 10_000;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_]{0,63}");

    private SceneFile() {}

    /**
     * Reads the text of a scene file.
     *
     * @throws ConfigException if it is not a scene; the message names line and field
     */
    public static SimScene parse(String text) throws ConfigException {
        return of(StrictYaml.read(text));
    }

    /** The same for a file that is already taken apart. */
    public static SimScene of(YamlValue file) throws ConfigException {
        var root = file.members(Set.of("version", "frame", "table_z_mm", "camera", "objects", "places"));
        var _ = root.required("version").integer(1, 1);
        var objects = new ArrayList<SceneObject>();
        objects.addAll(limited(root.required("objects")).each(SceneFile::thing));
        objects.addAll(limited(root.required("places")).each(SceneFile::place));
        try {
            return new SimScene(
                    id(root.required("frame")),
                    root.required("table_z_mm").number(-FARTHEST_MM, FARTHEST_MM),
                    camera(root.required("camera")),
                    objects);
        } catch (IllegalArgumentException e) {
            throw file.error("an id is used twice");
        }
    }

    private static YamlValue limited(YamlValue list) throws ConfigException {
        if (list.items().size() > MAX_OBJECTS) {
            throw list.error("must have at most " + MAX_OBJECTS + " entries");
        }
        return list;
    }

    private static SceneObject thing(YamlValue value) throws ConfigException {
        return object(value.members(Set.of("id", "colour", "position_mm", "size_mm", "weight_kg")), false);
    }

    private static SceneObject place(YamlValue value) throws ConfigException {
        return object(value.members(Set.of("id", "colour", "position_mm", "size_mm")), true);
    }

    private static SceneObject object(YamlMembers members, boolean place) throws ConfigException {
        var weight = members.optional("weight_kg", value -> value.number(0, 10_000));
        return new SceneObject(
                id(members.required("id")),
                colour(members.required("colour")),
                point(members.required("position_mm")),
                members.required("size_mm").number(1, FARTHEST_MM),
                weight.isPresent() ? OptionalDouble.of(weight.get()) : OptionalDouble.empty(),
                place);
    }

    private static SimCamera camera(YamlValue value) throws ConfigException {
        var members = value.members(Set.of("position_mm", "focal_px", "width", "height"));
        return new SimCamera(
                point(members.required("position_mm")),
                members.required("focal_px").number(1, 100_000),
                members.required("width").integer(1, 100_000),
                members.required("height").integer(1, 100_000));
    }

    private static String id(YamlValue value) throws ConfigException {
        var text = value.string();
        if (!ID.matcher(text).matches()) {
            throw value.error("must be an id of lower-case letters, digits and _");
        }
        return text;
    }

    private static Colour colour(YamlValue value) throws ConfigException {
        var word = value.string();
        return Arrays.stream(Colour.values())
                .filter(colour -> colour.word().equals(word))
                .findFirst()
                .orElseThrow(() -> value.error("is not a known colour"));
    }

    private static Point point(YamlValue value) throws ConfigException {
        var xyz = value.each(item -> item.number(-FARTHEST_MM, FARTHEST_MM));
        if (xyz.size() != 3) {
            throw value.error("must be [x, y, z]");
        }
        return new Point(xyz.get(0), xyz.get(1), xyz.get(2));
    }
}
