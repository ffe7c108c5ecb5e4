package dev.gatehouse.manifest;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The rules of robot-md.md section 3, kept in {@code robot.schema.json}, compiled once. */
final class SchemaRules {
    private static final String RESOURCE = "robot.schema.json";
    private static final Schema SCHEMA = compile();

    private SchemaRules() {}

    /** Every violation, in the words of 4.3. */
    static List<String> errors(JsonNode frontmatter) {
        return SchemaErrors.texts(SCHEMA.validate(frontmatter));
    }

    private static Schema compile() {
        var dialect = Dialect.builder(Dialects.getDraft202012())
                .format(new UriFormat())
                .build();
        var config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .regularExpressionFactory(WholeTextPattern::compile)
                .build();
        var schema = SchemaRegistry.withDialect(dialect, builder -> builder.schemaRegistryConfig(config))
                .getSchema(source());
        schema.initializeValidators();
        return schema;
    }

    private static JsonNode source() {
        try (var in = SchemaRules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the product was packed without " + RESOURCE);
            }
            return Json.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the product was packed with a broken " + RESOURCE, e);
        }
    }
}
