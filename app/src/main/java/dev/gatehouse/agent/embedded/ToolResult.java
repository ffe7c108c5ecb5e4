package dev.gatehouse.agent.embedded;

import java.util.List;

/** A tool result as the model gets it: cleaned, capped and marked (engines.md section 2.5). */
record ToolResult(String callId, String text, List<Picture> pictures, boolean isError) {}
