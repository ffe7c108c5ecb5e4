package dev.gatehouse.agent.embedded;

import com.anthropic.core.JsonValue;
import java.util.Optional;

/** One request to the Messages API, except for its key. */
record ModelRequest(String model, long maxTokens, Wire wire) {
    /** The prompt in wire form (engines.md section 3). No tools means that the member is left out. */
    record Wire(JsonValue system, Optional<JsonValue> tools, JsonValue messages) {}
}
