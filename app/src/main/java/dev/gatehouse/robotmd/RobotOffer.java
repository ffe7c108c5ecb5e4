package dev.gatehouse.robotmd;

import dev.gatehouse.tool.Offer;
import dev.gatehouse.tool.Prompt;
import dev.gatehouse.tool.Resource;
import dev.gatehouse.tool.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Everything about one robot that is no tool: instructions, resources and prompts (robot-md.md 8.1 to 8.5, 8.7). */
public final class RobotOffer implements Offer {
    private final RobotName name;
    private final String instructions;
    private final List<Resource> resources;
    private final List<Prompt> prompts;

    /**
     * The offer of one robot.
     *
     * @param tools those that are offered beside it, for the instructions to name
     */
    public RobotOffer(Served served, Collection<Tool> tools) {
        this.name = served.name();
        this.instructions = Instructions.text(served, tools);
        this.resources = new Resources(served).all();
        this.prompts = new Prompts(served.name()).all();
    }

    @Override
    public String instructions() {
        return instructions;
    }

    @Override
    public List<Resource> resources() {
        return resources;
    }

    /** Accepts the name encoded, raw, or in any mixture that decodes to it (8.2). */
    @Override
    public Optional<Resource> resource(String uri) {
        return name.kind(uri)
                .flatMap(kind -> resources.stream()
                        .filter(resource -> resource.name().equals(kind))
                        .findFirst());
    }

    @Override
    public List<Prompt> prompts() {
        return prompts;
    }
}
