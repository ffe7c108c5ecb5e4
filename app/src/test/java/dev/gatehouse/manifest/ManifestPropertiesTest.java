package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** robot-md.md 15.1 to 15.3: whatever comes in, an answer comes out; whatever is rendered reads back. */
class ManifestPropertiesTest {
    private static final List<String> FIELDS = List.of(
            "rcan_version",
            "metadata",
            "robot_name",
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
            "workspace",
            "bounds_mm",
            "x",
            "solver",
            "cameras",
            "camera",
            "driver_id",
            "primary_stream",
            "gripper",
            "drivers",
            "protocol",
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

    private static final List<String> FRAGMENTS = List.of(
            "a", "b:", ": ", "- ", "? ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ",", "\"", "'", "|\n", ">-\n",
            "&x ", "*x", "!!int ", "!y ", "#", " ", "\t", "%", "---", "...", "\r\n", "\r", "1", "0x", "1e9", ".inf",
            "yes", "<<", "\\", "\\u", "\u0000", "\u0085", "\uFEFF", "ü", "😀", "~", "@", "=");

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void anyBytesGetAnAnswer(@ForAll byte[] bytes) {
        assertThat(ManifestParser.parse(bytes)).isNotNull();
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void anyYamlGetsAnAnswer(@ForAll("yaml") String yaml) {
        var reading = Sample.read("---\n" + yaml + "\n---\n" + yaml);
        var validation = Validator.validate(reading);
        assertThat(validation.summary()).isNotNull();
        if (reading instanceof Unreadable(var message)) {
            assertThat(message).hasSizeLessThan(300).doesNotContain("\n");
        } else if (reading instanceof Manifest manifest) {
            assertThat(manifest.rawText()).startsWith("---\n");
            assertThat(Sample.tree(Renderer.render(manifest.frontmatter()))).isEqualTo(manifest.frontmatter());
        }
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
    void anyTreeGetsAnAnswer(@ForAll long seed) {
        var manifest = Sample.manifest(randomMapping(new Random(seed), 0), "# x\n");
        var validation = Validator.validate(manifest);
        assertThat(validation.ok()).isEqualTo(validation.errors().isEmpty());
        assertThat(validation.errors()).allMatch(error -> error.matches("(?s)(\\(root\\)|body|/.*?): .*"));
        assertThat(Json.line(validation.toJson())).isNotEmpty();
        assertThat(Json.line(manifest.json())).isNotEmpty();
        assertThat(manifest.limits()).isNotNull();
        assertThat(manifest.kinematics()).isNotNull();
        assertThat(manifest.hitlGates()
                        .covering(Operation.ofCapability("arm.pick", false))
                        .gates())
                .isNotNull();
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
    void anyRenderedTreeReadsBack(@ForAll long seed) {
        var tree = randomMapping(new Random(seed), 0);
        var yaml = Renderer.render(tree);
        var back = Sample.tree(yaml);
        assertThat(back).isEqualTo(tree);
        assertThat(back.keySet()).containsExactlyElementsOf(tree.keySet());
        assertThat(Renderer.render(back)).isEqualTo(yaml);
        assertThat(Sample.parse("---\n" + yaml + "---\n").warnings()).isEmpty();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void anyStringReadsBack(@ForAll("texts") String text) {
        // In this order, which Map.of would choose anew in every process, so that a seed repeats what it found.
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("v", text);
        tree.put("w" + text, List.of(text));
        assertThat(Sample.tree(Renderer.render(tree))).isEqualTo(tree);
    }

    @Provide
    Arbitrary<String> yaml() {
        return Arbitraries.of(FRAGMENTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        var odd = Arbitraries.of(FRAGMENTS).list().ofMaxSize(8).map(parts -> String.join("", parts));
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(30).map(Json::wellFormed));
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
