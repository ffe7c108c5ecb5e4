package dev.gatehouse.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A compiled JSON Schema 2020-12 of the arguments of a tool or a capability. */
public final class ArgumentSchema {
    private final Schema schema;

    private ArgumentSchema(Schema schema) {
        this.schema = schema;
    }

    /** Compiles a schema; no remote reference is ever fetched. */
    public static ArgumentSchema compile(ObjectNode schema) {
        var compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        compiled.initializeValidators();
        return new ArgumentSchema(compiled);
    }

    /** The first thing that is wrong with the arguments, naming the member and the rule but no value. */
    public Optional<String> problem(JsonNode arguments) {
        try {
            return schema.validate(arguments).stream().findFirst().map(ArgumentSchema::text);
        } catch (JacksonException e) {
            // The library fails on a whole number that is written with an exponent and is beyond 64 bits, such as 1e30.
            return Optional.of("arguments: a number is out of any range");
        }
    }

    private static String text(Error error) {
        var where = error.getInstanceLocation().toString();
        var member = error.getProperty() == null ? "" : " '" + error.getProperty() + "'";
        return "arguments%s: rule %s%s".formatted(where.isEmpty() ? "" : " at " + where, error.getKeyword(), member);
    }
}
