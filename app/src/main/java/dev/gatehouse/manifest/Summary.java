package dev.gatehouse.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one-line summary of a manifest (robot-md.md 4.5). */
final class Summary {
    /** What is said of a file that could not be parsed. */
    static final String UNKNOWN = "? (?, 0 DoF, 0 capabilities)";

    private Summary() {}

    static String of(Section root) {
        var physics = root.section("physics");
        var dof =
                physics.value("dof") instanceof Number number && Numbers.isFinite(number) ? Numbers.text(number) : "0";
        var capabilities = root.value("capabilities") instanceof List<?> list ? list.size() : 0;
        return "%s (%s, %s DoF, %d capabilities)"
                .formatted(
                        scalar(root.section("metadata").value("robot_name")),
                        scalar(physics.value("type")),
                        dof,
                        capabilities);
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth.toString();
            case Number number -> Numbers.text(number);
            case null, default -> "?";
        };
    }
}
