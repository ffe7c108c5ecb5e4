package dev.gatehouse.agent;

import java.util.List;

/**
 * What a call came to, as far as a model may know it.
 *
 * <p>Structured content without text, audio, links and unknown kinds are already text here (E2.14), errors of a tool server our own
 * text (E2.16). Caps, cleaning and the marker are the engine's work.
 *
 * @param actuated whether the call had an effect on the world, or may have had one
 */
public record ToolAnswer(boolean isError, String text, List<ImageContent> images, boolean actuated) {
    public ToolAnswer {
        images = List.copyOf(images);
    }

    /** A successful answer that is text and nothing else. */
    public static ToolAnswer ok(String text) {
        return new ToolAnswer(false, text, List.of(), false);
    }

    /** A refusal or an error: the call had no effect. */
    public static ToolAnswer error(String text) {
        return new ToolAnswer(true, text, List.of(), false);
    }
}
