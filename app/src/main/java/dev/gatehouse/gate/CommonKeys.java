package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The members that every result and every refusal of a robot's tool has (robot-md.md 10.1). */
final class CommonKeys {
    private CommonKeys() {}

    /** The result with them; what the tools answer that only read is theirs alone (robot-md.md 8.6). */
    static ToolResult on(Request request, ToolResult result, List<String> warnings) {
        if (request.operation().orElse(null) instanceof Operation.Read
                || result.structured().isEmpty()
                || foreign(request, result)) {
            return result;
        }
        var out = result.structured().get().deepCopy();
        if (!out.has("status")) {
            out.put("status", result.outcome() == ToolResult.Outcome.OK ? "ok" : "error");
        }
        if (!out.has("error")) {
            out.putNull("error");
        }
        if (request.operation().orElse(null) instanceof Operation.Clear && !out.has("ok")) {
            out.put("ok", false); // What upstream's clients of estop_clear look at (robot-md.md 10.8).
        }
        out.put("request_id", request.call().requestId());
        if (!out.has("manifest_sha256")) {
            var sha256 = request.declared().sha256();
            out.put("manifest_sha256", sha256.isEmpty() ? null : sha256);
        }
        warn(out, warnings);
        return new ToolResult(
                result.outcome(), result.isError(), Json.pretty(out), Optional.of(out), result.pictures());
    }

    /** What an external server answers is passed on as it is: its own schema may allow no members of ours. */
    private static boolean foreign(Request request, ToolResult result) {
        return request.operation().orElse(null) instanceof Operation.Forward
                && !result.structured().orElseThrow().path("error").has("reason");
    }

    private static void warn(ObjectNode out, List<String> warnings) {
        var all = out.withArray("warnings");
        warnings.forEach(all::add);
    }
}
