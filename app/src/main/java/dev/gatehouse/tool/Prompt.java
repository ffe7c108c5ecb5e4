package dev.gatehouse.tool;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A request to a model that people start by name.
 *
 * @param text the words, once every required argument is there
 */
public record Prompt(
        String name,
        String title,
        String description,
        List<Argument> arguments,
        Function<Map<String, String>, String> text) {
    public Prompt {
        arguments = List.copyOf(arguments);
    }

    /** One blank to fill in. */
    public record Argument(String name, String description, boolean required) {}
}
