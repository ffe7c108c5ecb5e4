package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/**
 * Says everything that is wrong with a manifest, and everything that is merely unwise (robot-md.md section 4).
 *
 * <p>Total: any parsed mapping yields a result, however odd its types.
 */
public final class Validator {
    /**
     * Most values a frontmatter may hold to be judged, a hundred times what real ones do. Without a bound a hostile mebibyte yields half a
     * million errors, and the memory they take belongs to the process that also has to stop the robot.
     */
    static final int MAX_VALUES = 20_000;

    private Validator() {}

    /** Validates a reading; one that failed has its message as the only error. */
    public static Validation validate(Reading reading) {
        return switch (reading) {
            case Unreadable(var message) -> Validation.of(Summary.UNKNOWN, List.of(message), List.of());
            case Manifest manifest -> validate(manifest);
        };
    }

    private static Validation validate(Manifest manifest) {
        var frontmatter = manifest.frontmatter();
        var root = Section.of(frontmatter);
        if (size(frontmatter) > MAX_VALUES) {
            var error = "(root): must NOT have more than " + MAX_VALUES + " values";
            return Validation.of(Summary.of(root), List.of(error), manifest.warnings());
        }
        var errors = schemaErrors(frontmatter);
        errors.addAll(BodyRules.errors(root, manifest.body()));
        return Validation.of(Summary.of(root), errors, warnings(manifest, root));
    }

    private static List<String> schemaErrors(Map<String, @Nullable Object> frontmatter) {
        // A missing node has no type at all, so a non-finite number also breaks whatever rule its field has (4.3).
        var errors = new ArrayList<>(SchemaRules.errors(JsonView.of(frontmatter, MissingNode.getInstance())));
        NonFiniteNumbers.pointers(frontmatter)
                .forEach(pointer -> errors.add(Pointers.shown(pointer) + ": must be a finite number"));
        return errors;
    }

    private static int size(@Nullable Object value) {
        var size = 1;
        switch (value) {
            case Map<?, ?> map -> {
                for (var member : map.values()) {
                    size += size(member);
                }
            }
            case List<?> list -> {
                for (var item : list) {
                    size += size(item);
                }
            }
            case null, default -> {}
        }
        return size;
    }

    private static List<Warning> warnings(Manifest manifest, Section root) {
        var warnings = new ArrayList<>(manifest.warnings());
        warnings.addAll(NameWarnings.of(root));
        warnings.addAll(DriverWarnings.of(root));
        warnings.addAll(CapabilityWarnings.of(root));
        warnings.addAll(GateWarnings.of(root));
        warnings.addAll(LimitWarnings.of(root));
        warnings.addAll(ContradictionWarnings.of(root));
        warnings.addAll(BodyWarnings.of(root, manifest.body()));
        warnings.addAll(ProvenanceFooter.warnings(manifest));
        return warnings;
    }
}
