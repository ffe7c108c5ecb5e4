package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The members of the one terminal event. */
final class Results {
    private Results() {}

    /** Says between which records the audit has everything about the task (4.2); other tasks may have left theirs between. */
    static void audited(ObjectNode members, long first, long last) {
        members.putObject("audit").put("first_seq", first).put("last_seq", Math.max(first, last));
    }

    static ObjectNode members(Ending ending, long durationMillis, ArrayNode denials, ArrayNode artifacts) {
        var out = Json.object();
        out.put("status", ending.state().wire());
        out.put("is_error", ending.state() != TaskState.COMPLETED);
        out.put("summary", ending.summary());
        out.put("num_turns", ending.turns());
        out.put("duration_ms", durationMillis);
        out.put("duration_api_ms", ending.apiMillis());
        out.put("total_usd", Task.usd(ending.costMicros()));
        out.set("usage", ending.usage());
        out.set("permission_denials", denials.deepCopy());
        out.set("artifacts", artifacts);
        ending.output().ifPresent(output -> out.set("output", output));
        if (ending.fault().isPresent()) {
            var fault = ending.fault().get();
            out.putObject("error").put("code", fault.code()).put("message", fault.message());
        } else {
            out.putNull("error");
        }
        return out.putNull("audit");
    }
}
