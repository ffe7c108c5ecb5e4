package dev.gatehouse.manifest;

import dev.gatehouse.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be said of a manifest (robot-md.md 4.1).
 *
 * @param ok true exactly when there are no errors; warnings never change it
 * @param summary always present, see 4.5
 * @param errors {@code <pointer>: <text>} for the schema, {@code body: <text>} for the body, or the one message of a parse failure
 * @param warnings what a person should look at although it is legal
 */
public record Validation(boolean ok, String summary, List<String> errors, List<Warning> warnings) {
    public Validation {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        if (ok != errors.isEmpty()) {
            throw new IllegalArgumentException("ok must mean: no errors");
        }
    }

    static Validation of(String summary, List<String> errors, List<Warning> warnings) {
        return new Validation(errors.isEmpty(), summary, errors, warnings);
    }

    /** The result as every surface shows it; keys in the order {@code ok, summary, errors, warnings}. */
    public ObjectNode toJson() {
        var json = Json.object().put("ok", ok).put("summary", summary);
        var errorTexts = json.putArray("errors");
        errors.forEach(errorTexts::add);
        var warningTexts = json.putArray("warnings");
        warnings.forEach(warning -> warningTexts.add(warning.toString()));
        return json;
    }
}
