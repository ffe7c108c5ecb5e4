package dev.gatehouse.agent;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Token counts as events and results carry them. */
final class UsageJson {
    private UsageJson() {}

    static ObjectNode totals(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cache_read_tokens", usage.cacheReadTokens())
                .put("cache_write_5m_tokens", usage.cacheWrite5mTokens())
                .put("cache_write_1h_tokens", usage.cacheWrite1hTokens());
    }
}
