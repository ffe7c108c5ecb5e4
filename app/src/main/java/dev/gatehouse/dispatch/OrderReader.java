package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.tool.Effect;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Turns the body of a request into an {@link Order}; lenient exactly where 0.2.0 was (dispatcher.md 3.4). */
public final class OrderReader {
    private static final int MAX_IGNORED = 16;
    private static final int MAX_GOAL = 10_000;
    private static final BigDecimal MIN_BUDGET_USD = BigDecimal.valueOf(1, 6);
    private static final BigDecimal MAX_BUDGET_USD = BigDecimal.valueOf(50);
    private static final Set<String> KNOWN = Set.of(
            "goal",
            "max_turns",
            "max_budget_usd",
            "effect",
            "engine",
            "model",
            "deadline_s",
            "queue",
            "stream",
            "on_disconnect",
            "approval_wait_s",
            "deltas",
            "labels",
            "kind",
            "deadman_s",
            "on_behalf_of");

    /** Most model responses that an order may ask for (dispatcher.md 3.4). */
    public static final int MAX_TURNS = 100;

    /** A call is ordered by making it, not by a goal. */
    private static final TaskKind[] ORDERED_BY_NAME = {TaskKind.AGENT, TaskKind.LANE, TaskKind.PEER};

    private final JsonNode body;
    private final List<Refusal.FieldError> errors = new ArrayList<>();

    private OrderReader(JsonNode body) {
        this.body = body;
    }

    /**
     * Reads a body that is already known to be JSON; the defaults of {@code effect} and {@code queue} follow the caller.
     *
     * @param arrival how the order came here
     */
    public static Result read(JsonNode body, Principal principal, boolean async, Arrival arrival) {
        if (!body.isObject()) {
            return new Result.Invalid(Refusal.fields(
                    Refusal.Code.INVALID_REQUEST,
                    "the body must be a JSON object",
                    List.of(new Refusal.FieldError("", "must be an object", "type"))));
        }
        return new OrderReader(body).read(principal, async, arrival);
    }

    private Result read(Principal principal, boolean async, Arrival arrival) {
        var kind = choice("kind", TaskKind.AGENT, ORDERED_BY_NAME, TaskKind::wire);
        var order = new Order(
                kind,
                goal(),
                whole("max_turns", 20, 1, MAX_TURNS),
                budget(),
                choice(
                        "effect",
                        principal.tier() == Tier.ACTUATE ? Effect.ACTUATE : Effect.OBSERVE,
                        new Effect[] {Effect.OBSERVE, Effect.ACTUATE},
                        Effect::wire),
                text("engine", 32),
                text("model", 100),
                Duration.ofSeconds(whole("deadline_s", 900, 5, 86_400)),
                flag("queue", async),
                choice("stream", StreamLevel.PROGRESS, StreamLevel.values(), OrderReader::wire),
                body.has("on_disconnect")
                        ? Optional.of(choice(
                                "on_disconnect",
                                DisconnectPolicy.STOP,
                                DisconnectPolicy.values(),
                                DisconnectPolicy::wire))
                        : Optional.empty(),
                body.has("deadman_s")
                        ? Optional.of(Duration.ofSeconds(whole("deadman_s", 2, 2, 60)))
                        : Optional.empty(),
                Duration.ofSeconds(whole("approval_wait_s", 300, 5, 3600)),
                flag("deltas", false),
                labels(),
                ignored(),
                Optional.empty(),
                arrival);
        if (!errors.isEmpty()) {
            var first = errors.getFirst();
            var detail = first.field() + " " + first.message();
            return new Result.Invalid(Refusal.fields(Refusal.Code.INVALID_REQUEST, detail, List.copyOf(errors)));
        }
        return new Result.Valid(order);
    }

    private String goal() {
        var node = body.get("goal");
        if (node == null || !node.isString()) {
            fault("goal", node == null ? "is required" : "must be a string", node == null ? "missing" : "type");
            return "";
        }
        var goal = node.stringValue();
        var length = goal.codePointCount(0, goal.length());
        if (goal.isBlank()) {
            fault("goal", "must not be blank", "blank");
        } else if (length > MAX_GOAL) {
            fault("goal", "must be at most 10000 characters", "range");
        } else if (goal.codePoints().anyMatch(OrderReader::unprintable)) {
            fault("goal", "must not hold control characters or lone surrogates", "characters");
        }
        return goal;
    }

    private static boolean unprintable(int c) {
        var surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return surrogate || (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r');
    }

    private int whole(String field, int otherwise, int min, int max) {
        var number = number(field);
        if (number.isEmpty()) {
            return otherwise;
        }
        try {
            var value = number.get().intValueExact();
            if (value >= min && value <= max) {
                return value;
            }
        } catch (ArithmeticException e) {
            // Not a whole number, or far out of range: the same answer as out of range.
        }
        fault(field, "must be a whole number from " + min + " to " + max, "range");
        return otherwise;
    }

    private long budget() {
        var number = number("max_budget_usd");
        if (number.isEmpty()) {
            return 500_000;
        }
        // Compared before it is scaled: scaling 1e-999999999 takes hours.
        if (number.get().compareTo(MIN_BUDGET_USD) < 0 || number.get().compareTo(MAX_BUDGET_USD) > 0) {
            fault("max_budget_usd", "must be a millionth at least and 50 at most", "range");
            return 500_000;
        }
        return number.get().movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** Numbers, and strings that spell one, as 0.2.0 took them; booleans are neither. */
    private Optional<BigDecimal> number(String field) {
        var node = body.get(field);
        if (node == null) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        if (node.isString() && node.stringValue().matches("[+-]?[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            return Optional.of(new BigDecimal(node.stringValue()));
        }
        fault(field, "must be a number", "type");
        return Optional.empty();
    }

    private boolean flag(String field, boolean otherwise) {
        var node = body.get(field);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            fault(field, "must be true or false", "type");
        }
        return node.isBoolean() && node.booleanValue();
    }

    private Optional<String> text(String field, int max) {
        var node = body.get(field);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString()
                || node.stringValue().isBlank()
                || node.stringValue().length() > max) {
            fault(field, "must be a string of 1 to " + max + " characters", "type");
            return Optional.empty();
        }
        return Optional.of(node.stringValue());
    }

    private <E> E choice(String field, E otherwise, E[] values, Function<E, String> wire) {
        var node = body.get(field);
        if (node == null) {
            return otherwise;
        }
        var names = new ArrayList<String>();
        for (var value : values) {
            names.add(wire.apply(value));
            if (node.isString() && wire.apply(value).equals(node.stringValue())) {
                return value;
            }
        }
        fault(field, "must be one of " + String.join(", ", names), "enum");
        return otherwise;
    }

    private Map<String, String> labels() {
        var node = body.get("labels");
        if (node == null) {
            return Map.of();
        }
        var labels = new LinkedHashMap<String, String>();
        if (node.isObject() && node.size() <= 16) {
            for (var entry : node.properties()) {
                if (entry.getValue().isString()
                        && entry.getKey().length() <= 64
                        && entry.getValue().stringValue().length() <= 64) {
                    labels.put(entry.getKey(), entry.getValue().stringValue());
                }
            }
        }
        if (labels.size() != node.size() || !node.isObject()) {
            fault("labels", "must be at most 16 pairs of strings of at most 64 characters", "type");
        }
        return labels;
    }

    private List<String> ignored() {
        return body.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .limit(MAX_IGNORED)
                .map(name -> name.length() > 64 ? name.substring(0, 64) : name)
                .toList();
    }

    private void fault(String field, String message, String type) {
        errors.add(new Refusal.FieldError(field, message, type));
    }

    private static String wire(StreamLevel level) {
        return level.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What became of a body. */
    public sealed interface Result {
        record Valid(Order order) implements Result {}

        record Invalid(Refusal refusal) implements Result {}
    }
}
