package dev.gatehouse.tool;

import dev.gatehouse.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing a caller can ask for.
 *
 * @param name exact name, {@code [a-z0-9_]{1,48}}
 * @param least the weakest effect any arguments can have; who may not even have that is not shown the tool
 * @param worst the strongest effect any arguments can have; lists show it, because they do not know the arguments
 * @param hints what a client may tell its user; permission never depends on them (D6.1)
 * @param inputSchema JSON Schema 2020-12 of the arguments
 * @param outputSchema JSON Schema 2020-12 of the structured result, if it has one form
 */
public record Tool(
        String name,
        String title,
        String description,
        Effect least,
        Effect worst,
        Hints hints,
        ObjectNode inputSchema,
        Optional<ObjectNode> outputSchema,
        OperationRule operation,
        ToolFunction function) {

    /** How the tool behaves at its worst, in the words of MCP's tool annotations. */
    public record Hints(boolean readOnly, boolean destructive, boolean idempotent) {
        /** Looks and changes nothing. */
        public static final Hints READS = new Hints(true, false, true);

        /** May move something, and does so again when it is called again. */
        public static final Hints MOVES = new Hints(false, true, false);

        /** The object {@code ToolAnnotations} of MCP, without a title. */
        public ObjectNode json() {
            return Json.object()
                    .put("readOnlyHint", readOnly)
                    .put("destructiveHint", destructive)
                    .put("idempotentHint", idempotent)
                    .put("openWorldHint", false);
        }
    }

    /** Whether a call is made of calls, which only a caller itself can make: then it takes a token for each (robot-md.md 10.9). */
    public boolean composed() {
        return inputSchema.path("properties").has(ToolCall.STEP_TOKENS);
    }

    /** What a client is shown, and what is pinned (D6.7). */
    public ObjectNode surface() {
        var out = Json.object().put("name", name).put("title", title).put("description", description);
        out.put("effect", worst.wire());
        out.set("annotations", hints.json());
        out.set("inputSchema", inputSchema);
        outputSchema.ifPresent(schema -> out.set("outputSchema", schema));
        return out;
    }
}
