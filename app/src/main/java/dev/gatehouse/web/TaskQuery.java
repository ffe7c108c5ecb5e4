package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.TaskFilter;
import dev.gatehouse.dispatch.TaskKind;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.gate.Role;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what a caller asks of lists: filters, numbers within bounds. What is out of bounds is refused, never corrected. */
final class TaskQuery {
    private static final String LABEL = "label.";

    private TaskQuery() {}

    /** Which tasks this caller wants to see, and may: its own, or all if it is an admin. */
    static TaskFilter filter(Exchange exchange) throws RefusedException {
        var who = exchange.principal();
        return new TaskFilter(
                who.has(Role.ADMIN) ? Optional.empty() : Optional.of(who.caller()),
                choice(exchange, "state", TaskState.values(), TaskState::wire),
                choice(exchange, "kind", TaskKind.values(), TaskKind::wire),
                labels(exchange),
                exchange.query("after"));
    }

    /** Labels are named as {@code label.<name>=<value>}. */
    private static Map<String, String> labels(Exchange exchange) {
        var labels = new HashMap<String, String>();
        for (var name : exchange.request().query().names()) {
            if (name.startsWith(LABEL)) {
                exchange.query(name).ifPresent(value -> labels.put(name.substring(LABEL.length()), value));
            }
        }
        return labels;
    }

    private static <E> Optional<E> choice(Exchange exchange, String name, E[] values, Function<E, String> wire)
            throws RefusedException {
        var text = exchange.query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var chosen = Arrays.stream(values)
                .filter(value -> wire.apply(value).equals(text.get()))
                .findFirst();
        if (chosen.isEmpty()) {
            throw new RefusedException(
                    Refusal.Code.INVALID_REQUEST,
                    name + " must be one of " + Arrays.stream(values).map(wire).collect(Collectors.joining(", ")));
        }
        return chosen;
    }
}
