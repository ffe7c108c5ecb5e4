package dev.gatehouse.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * One ROBOT.md as parsed: syntactically sound, not yet validated.
 *
 * <p>The typed views are total: on a manifest that breaks the schema they leave out what is not of the expected type.
 *
 * @param rawText the exact text of the file, byte order mark included
 * @param frontmatter the mapping in document order, unmodifiable at every level; its values are String, Boolean, BigInteger for whole
 *     numbers, BigDecimal for other finite ones, Double for infinities and NaN only, null, List and Map
 * @param body everything after the closing delimiter line, verbatim (robot-md.md 2.4)
 * @param warnings what the parser noticed, in file order
 * @param sha256 of the file's bytes, lower-case hexadecimal
 */
public record Manifest(
        String rawText, Map<String, @Nullable Object> frontmatter, String body, List<Warning> warnings, String sha256)
        implements Reading {

    // Written out, because the compiler drops the annotation inside the map's type from a compact constructor.
    public Manifest(
            String rawText,
            Map<String, @Nullable Object> frontmatter,
            String body,
            List<Warning> warnings,
            String sha256) {
        this.rawText = rawText;
        this.frontmatter = frontmatter;
        this.body = body;
        this.warnings = List.copyOf(warnings);
        this.sha256 = sha256;
    }

    /** The frontmatter as a fresh JSON tree; infinities and NaN, which JSON has not, become null (4.3). */
    public JsonNode json() {
        return JsonView.of(frontmatter, NullNode.getInstance());
    }

    /** {@code metadata.robot_name} as written, or empty if it is no string. */
    public Optional<String> robotName() {
        return root().section("metadata").text("robot_name");
    }

    /** The name to serve it under: {@code metadata.robot_name} trimmed, or empty if nothing of it can be seen (4.4, 8.2). */
    public Optional<String> servedName() {
        return BodyRules.comparableName(root()).map(Blanks::strip);
    }

    /** {@code <name> (<type>, <dof> DoF, <n> capabilities)} (4.5). */
    public String summary() {
        return Summary.of(root());
    }

    /** Declared capability names in document order, each once, exactly as written. */
    public List<String> capabilities() {
        return root().texts("capabilities").stream().distinct().toList();
    }

    /** The safety limits and the workspace (10.4). */
    public Limits limits() {
        return Limits.of(root());
    }

    /** Joints, poses, gripper and encoder resolution. */
    public Kinematics kinematics() {
        return Kinematics.of(root().section("physics"));
    }

    /** The gates that say which operations need a human (10.3). */
    public HitlGates hitlGates() {
        return HitlGates.of(root());
    }

    /** Who plans for the robot, if the manifest says so. */
    public Optional<Planning> planning() {
        return Planning.of(root().section("brain").section("planning"));
    }

    /** The objects the robot knows how to look for. */
    public List<ObjectDescriptor> objectDescriptors() {
        return root().section("vision").sections("object_descriptors").stream()
                .flatMap(ObjectDescriptor::of)
                .toList();
    }

    /** The declared drivers in document order. */
    public List<DriverEntry> drivers() {
        return root().sections("drivers").stream().flatMap(DriverEntry::of).toList();
    }

    private Section root() {
        return Section.of(frontmatter);
    }
}
