package dev.gatehouse.tool;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue: tools by exact name, in a fixed order. */
public final class Toolbox {
    private final Map<String, Tool> byName = new LinkedHashMap<>();
    private final String surfaceSha256;

    /**
     * A catalogue of the given tools.
     *
     * @throws IllegalArgumentException if two tools share a name
     */
    public Toolbox(List<Tool> tools) {
        var surface = Json.array();
        for (var tool : tools) {
            if (byName.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools named " + tool.name());
            }
            surface.add(tool.surface());
        }
        this.surfaceSha256 = CanonicalJson.sha256(surface);
    }

    /** The tool with exactly this name. */
    public Optional<Tool> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Tool> tools() {
        return byName.values();
    }

    /** Hash of names, descriptions, effects and schemas: what a pin compares (D6.7). */
    public String surfaceSha256() {
        return surfaceSha256;
    }
}
