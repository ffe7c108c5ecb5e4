package dev.gatehouse.tool;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;

/** A catalogue: tools by exact name, in a fixed order. */
public final class Toolbox {
    private final Map<String, Tool> byName = new LinkedHashMap<>();
    private final String surfaceSha256;
    private final Supplier<Optional<Barrier>> drift;

    /**
     * A catalogue of the given tools.
     *
     * @throws IllegalArgumentException if two tools share a name
     */
    public Toolbox(List<Tool> tools) {
        var surface = Json.array();
        for (var tool : tools) {
            add(tool);
            surface.add(tool.surface());
        }
        this.surfaceSha256 = CanonicalJson.sha256(surface);
        this.drift = Optional::empty;
    }

    /**
     * A catalogue of tools of the house and of a server outside it. What is pinned of the latter is what it says itself, of all
     * of its tools: also of those that nobody may call, because a new one is a change as well (D6.7).
     *
     * @param foreign the tools of that server which somebody may call
     * @param said the whole tool objects of that server
     * @param drift why those tools are no longer what they were, if they are not
     * @throws IllegalArgumentException if two tools share a name
     */
    public Toolbox(List<Tool> own, List<Tool> foreign, ArrayNode said, Supplier<Optional<Barrier>> drift) {
        var surface = Json.object();
        var ours = surface.putArray("house");
        for (var tool : own) {
            add(tool);
            ours.add(tool.surface());
        }
        surface.set("server", said);
        foreign.forEach(this::add);
        this.surfaceSha256 = CanonicalJson.sha256(surface);
        this.drift = drift;
    }

    private void add(Tool tool) {
        if (byName.put(tool.name(), tool) != null) {
            throw new IllegalArgumentException("two tools named " + tool.name());
        }
    }

    /** Why the tools are not those that were pinned when the server started, if they are not. */
    public Optional<Barrier> drift() {
        return drift.get();
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
