package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How a command ended (robot-md.md 10.1, 10.6).
 *
 * @param reason a code unless the status is {@code OK}
 * @param message for people and models; safe to show
 * @param trajectory waypoints that were reached, or planned in a dry run
 * @param events objects {@code {kind, data}}
 * @param fault the hardware failed; such an end latches the stop (robot-md.md 10.6)
 */
public record Outcome(
        Status status,
        Optional<String> reason,
        String message,
        List<JsonNode> trajectory,
        List<JsonNode> events,
        boolean fault) {
    public Outcome {
        trajectory = List.copyOf(trajectory);
        events = List.copyOf(events);
    }

    /** The word that {@code status} has in results. */
    public enum Status {
        OK("ok"),
        BLOCKED("blocked"),
        ERROR("error"),
        NO_TARGET("no_target"),
        UNREACHABLE("unreachable");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static Outcome ok(String message) {
        return new Outcome(Status.OK, Optional.empty(), message, List.of(), List.of(), false);
    }

    public static Outcome blocked(String reason, String message) {
        return new Outcome(Status.BLOCKED, Optional.of(reason), message, List.of(), List.of(), false);
    }

    public static Outcome error(String reason, String message) {
        return new Outcome(Status.ERROR, Optional.of(reason), message, List.of(), List.of(), false);
    }

    /** The hardware failed; see {@link #fault()}. */
    public static Outcome failed(String reason, String message) {
        return new Outcome(Status.ERROR, Optional.of(reason), message, List.of(), List.of(), true);
    }

    /** The end of a command that was found infeasible. */
    public static Outcome of(Plan.Infeasible plan) {
        var status = switch (plan.reason()) {
            case "no_target" -> Status.NO_TARGET;
            case "ik_failed" -> Status.UNREACHABLE;
            case "busy", "hardware_estop", "estop_set" -> Status.BLOCKED;
            default -> Status.ERROR;
        };
        return new Outcome(status, Optional.of(plan.reason()), plan.message(), List.of(), List.of(), false);
    }

    /** The end of a dry run: the plan and how long it would take. */
    public static Outcome of(Plan.Feasible plan) {
        var data = Json.object().put("duration_ms", plan.duration().toMillis());
        var warnings = data.putArray("warnings");
        plan.warnings().forEach(warnings::add);
        return ok("feasible; nothing was moved").with(jsons(plan.waypoints()), List.of(event("plan", data)));
    }

    public Outcome with(List<JsonNode> newTrajectory, List<JsonNode> newEvents) {
        return new Outcome(status, reason, message, newTrajectory, newEvents, fault);
    }

    /** One entry of {@link #events()}. */
    public static JsonNode event(String kind, JsonNode data) {
        var event = Json.object().put("kind", kind);
        event.set("data", data);
        return event;
    }

    private static List<JsonNode> jsons(List<Waypoint> waypoints) {
        var nodes = new ArrayList<JsonNode>();
        waypoints.forEach(w -> nodes.add(w.json()));
        return nodes;
    }
}
