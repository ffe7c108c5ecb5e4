package dev.gatehouse.toolserver;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All tools of a server as it tells of them, whole and in the order of their names (D6.7).
 *
 * @param sha256 of the canonical form
 */
record Surface(List<ObjectNode> tools, String sha256) {
    private static final int MOST = 256;

    Surface {
        tools = List.copyOf(tools);
    }

    /**
     * The surface of these tools.
     *
     * @throws ToolServerException if two have one name, one has none, there are too many, or they have no canonical form to pin
     */
    static Surface of(List<ObjectNode> listed) throws ToolServerException {
        if (listed.size() > MOST) {
            throw new ToolServerException("the tool server has more than " + MOST + " tools");
        }
        var byName = new TreeMap<String, ObjectNode>();
        for (var tool : listed) {
            var name = tool.path("name").asString("");
            if (name.isEmpty() || byName.put(name, tool) != null) {
                throw new ToolServerException("the tool server has a tool without a name, or two of one name");
            }
        }
        var tools = List.copyOf(byName.values());
        try {
            return new Surface(tools, CanonicalJson.sha256(array(tools)));
        } catch (IllegalArgumentException e) {
            throw new ToolServerException("the tools of the tool server cannot be pinned: " + e.getMessage());
        }
    }

    ArrayNode json() {
        return array(tools);
    }

    /** Whether there is a tool of exactly this name. */
    boolean has(String name) {
        return tools.stream().anyMatch(tool -> tool.path("name").asString("").equals(name));
    }

    /** Whether a tool knows an argument of this name. */
    boolean takes(String name, String argument) {
        return tools.stream()
                .filter(tool -> tool.path("name").asString("").equals(name))
                .anyMatch(tool -> tool.path("inputSchema").path("properties").has(argument));
    }

    private static ArrayNode array(List<ObjectNode> tools) {
        var array = Json.array();
        tools.forEach(array::add);
        return array;
    }
}
