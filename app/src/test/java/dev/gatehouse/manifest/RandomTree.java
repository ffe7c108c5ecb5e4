package dev.gatehouse.manifest;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Frontmatters nobody would write: fields that exist, in places and of types where they make no sense. */
public final class RandomTree {
    private static final List<String> FIELDS = List.of(
            "rcan_version",
            "metadata",
            "robot_name",
            "manufacturer",
            "rrn",
            "physics",
            "type",
            "dof",
            "kinematics",
            "id",
            "axis",
            "limits_deg",
            "poses",
            "joints",
            "zero_pose_steps",
            "workspace",
            "bounds_mm",
            "x",
            "solver",
            "cameras",
            "camera",
            "driver_id",
            "extrinsic",
            "primary_stream",
            "gripper",
            "drivers",
            "protocol",
            "port",
            "streams",
            "rgb",
            "intrinsic",
            "distortion_model",
            "safety",
            "estop",
            "software",
            "response_ms",
            "hitl_gates",
            "scope",
            "require_auth",
            "capabilities",
            "learned_skills",
            "compliance",
            "annex_iii_basis",
            "fria_ref",
            "spatial-eval",
            "units",
            "extensions",
            "vision",
            "object_descriptors",
            "min_steps",
            "max_steps");

    /** Pieces of text that YAML might stumble over. */
    static final List<String> FRAGMENTS = List.of(
            "a", "b:", ": ", "- ", "? ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ",", "\"", "'", "|\n", ">-\n",
            "&x ", "*x", "!!int ", "!y ", "#", " ", "\t", "%", "---", "...", "\r\n", "\r", "1", "0x", "1e9", ".inf",
            "yes", "<<", "\\", "\\u", "\u0000", "\u0085", "\uFEFF", "ü", "😀", "~", "@", "=");

    private RandomTree() {}

    /** The tree of a seed. */
    public static Map<String, @Nullable Object> of(long seed) {
        return randomMapping(new Random(seed), 0);
    }

    private static Map<String, @Nullable Object> randomMapping(Random random, int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var i = random.nextInt(6); i >= 0; i--) {
            map.put(
                    random.nextInt(8) == 0 ? randomText(random) : FIELDS.get(random.nextInt(FIELDS.size())),
                    randomValue(random, depth + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 6 ? 8 : 14)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> Numbers.canonical(random.nextInt(100));
            case 3 -> new BigInteger(120, random).negate();
            case 4 -> Numbers.canonical(Double.longBitsToDouble(random.nextLong()));
            case 5 -> Numbers.canonical(random.nextGaussian());
            case 6 -> FIELDS.get(random.nextInt(FIELDS.size()));
            case 7 -> randomText(random);
            case 8, 9, 10 -> randomList(random, depth);
            default -> randomMapping(random, depth);
        };
    }

    private static List<?> randomList(Random random, int depth) {
        var list = new ArrayList<@Nullable Object>();
        for (var i = random.nextInt(4); i > 0; i--) {
            list.add(randomValue(random, depth + 1));
        }
        return Collections.unmodifiableList(list);
    }

    private static String randomText(Random random) {
        var out = new StringBuilder();
        for (var i = random.nextInt(6); i > 0; i--) {
            out.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        return new String(out.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
