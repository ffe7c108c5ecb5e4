package dev.gatehouse.toolserver;

import dev.gatehouse.robot.Probe;
import dev.gatehouse.tool.Barrier;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Subject;
import dev.gatehouse.tool.ToolRules;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the tools of a server do, by exact name (dispatcher.md 6.2). What stands neither here nor in the policy is nobody's, and what
 * the server says of its tools is not asked (D6.1, threats.md T3.3).
 */
final class Table {
    private static final String DISCOVER = "discover";
    private static final String EXECUTE_CAPABILITY = "execute_capability";
    private static final String VISION_FIND = "vision_find";

    private static final Map<String, Effect> EFFECTS = Map.ofEntries(
            Map.entry("render", Effect.OBSERVE),
            Map.entry("validate", Effect.OBSERVE),
            Map.entry("doctor_summary", Effect.OBSERVE),
            Map.entry(VISION_FIND, Effect.OBSERVE),
            Map.entry("status", Effect.OBSERVE),
            Map.entry("hotplug_review", Effect.OBSERVE),
            Map.entry(DISCOVER, Effect.ACTUATE),
            Map.entry(EXECUTE_CAPABILITY, Effect.ACTUATE),
            Map.entry("execute_task", Effect.ACTUATE),
            Map.entry("record_skill", Effect.ADMIN),
            Map.entry("hotplug_confirm", Effect.ADMIN),
            Map.entry("spatial_eval_dry_run", Effect.ACTUATE),
            Map.entry("spatial_eval_init", Effect.ACTUATE),
            Map.entry("spatial_eval_kit", Effect.ACTUATE),
            Map.entry("spatial_eval_run_probe", Effect.ACTUATE),
            Map.entry("spatial_eval_run_execute", Effect.ACTUATE),
            Map.entry("spatial_eval_run_full", Effect.ACTUATE),
            Map.entry("spatial_eval_replay", Effect.ACTUATE),
            Map.entry("spatial_eval_verify", Effect.ACTUATE),
            Map.entry("spatial_eval_submit_to_rrf", Effect.ADMIN));

    /** These are the house's own, whatever a server has under their names. */
    static final Set<String> HOUSE = Set.of(ServerStop.STOP, ServerStop.RELEASE);

    /** A motion of these needs a person in any case. */
    private static final Set<String> ASKED = Set.of("execute_task", DISCOVER);

    private static final Set<String> LOOKING = Set.of("capture", "detect");
    private static final String TURNING = "probe_direction";

    private final ToolRules rules;

    Table(ToolRules rules) {
        this.rules = rules;
    }

    /** Whether the house itself knows what a tool of this name does, so that nobody else says it. */
    static boolean knows(String name) {
        return EFFECTS.containsKey(name) || HOUSE.contains(name);
    }

    /** The strongest effect of a tool; empty if nobody may call it. */
    Optional<Effect> worst(String name) {
        if (HOUSE.contains(name)) {
            return Optional.empty();
        }
        var known = Optional.ofNullable(EFFECTS.get(name));
        return known.isPresent() ? known : rules.effectOf(name);
    }

    /** The weakest effect of a tool with this strongest one. */
    static Effect least(String name, Effect worst) {
        return name.equals(DISCOVER) ? Effect.OBSERVE : worst;
    }

    /** What a call would be. */
    Operation operation(String name, Effect worst, ObjectNode arguments, Supplier<Optional<Barrier>> barrier) {
        return switch (name) {
            case EXECUTE_CAPABILITY ->
                new Operation.Forward(
                        worst,
                        new Subject.OfCapability(arguments.path("capability").asString("")),
                        false,
                        barrier.get());
            case VISION_FIND ->
                new Operation.Forward(
                        worst,
                        new Subject.OfObject(arguments.path("descriptor_id").asString("")),
                        false,
                        barrier.get());
            case DISCOVER -> discover(arguments, barrier.get());
            default ->
                new Operation.Forward(
                        worst, new Subject.Unsaid(), worst == Effect.ADMIN || ASKED.contains(name), barrier.get());
        };
    }

    private static Operation discover(ObjectNode arguments, Optional<Barrier> barrier) {
        var steps = arguments.path("steps");
        var looks = arguments.size() == 1 && steps.isArray() && !steps.isEmpty();
        var probes = new ArrayList<Probe>();
        for (var step : steps) {
            var word = word(step);
            var probe = word.equals(TURNING) ? Probe.of(step.path(TURNING)) : Optional.<Probe>empty();
            if (!LOOKING.contains(word) && probe.isEmpty()) {
                return motion(
                        new Subject.Unsaid(),
                        Optional.of(new Barrier("arguments_invalid", "a step of discover is none that is known here")));
            }
            probe.ifPresent(probes::add);
        }
        return looks && probes.isEmpty()
                ? new Operation.Forward(Effect.OBSERVE, new Subject.Unsaid(), false, barrier)
                : motion(new Subject.OfJoints(probes), barrier);
    }

    private static Operation motion(Subject subject, Optional<Barrier> barrier) {
        return new Operation.Forward(Effect.ACTUATE, subject, true, barrier);
    }

    /** A step is a word, or an object with one member of that name (robot-md.md 10.12). */
    private static String word(JsonNode step) {
        if (step instanceof ObjectNode object && object.size() == 1) {
            return object.propertyNames().iterator().next();
        }
        return step.asString("");
    }
}
