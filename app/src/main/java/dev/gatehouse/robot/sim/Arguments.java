package dev.gatehouse.robot.sim;

import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Arguments of a capability, read as if nobody had checked them before. */
record Arguments(ObjectNode args) {
    Arguments only(Set<String> names) throws RefusedException {
        for (var member : args.properties()) {
            if (!names.contains(member.getKey())) {
                throw new RefusedException("bad_args", "an argument is not known to this capability");
            }
        }
        return this;
    }

    String text(String name) throws RefusedException {
        var value = args.path(name);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new RefusedException("target_required", name + " must name an object or a place");
        }
        return value.stringValue();
    }

    double number(String name) throws RefusedException {
        return finite(name, args.path(name));
    }

    OptionalDouble optionalNumber(String name) throws RefusedException {
        var value = args.path(name);
        return value.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(finite(name, value));
    }

    private static double finite(String name, JsonNode value) throws RefusedException {
        // A decimal beyond every double has no double value, and counts as none.
        var number = value.doubleValue(Double.NaN);
        if (!Double.isFinite(number)) {
            throw new RefusedException("bad_args", name + " must be a finite number");
        }
        return number;
    }
}
