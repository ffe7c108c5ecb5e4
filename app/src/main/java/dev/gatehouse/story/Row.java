package dev.gatehouse.story;

import java.util.List;

/** One line of the story: when, who, and what. */
public sealed interface Row {
    /** Milliseconds since the task was accepted; negative for a line outside of any task. */
    long atMillis();

    /** Who speaks, in one short word. */
    String who();

    /** Something was said or done. */
    record Said(long atMillis, String who, Ink ink, List<Span> spans) implements Row {
        public Said {
            spans = List.copyOf(spans);
        }

        /** A line outside of any task. */
        public static Said now(String who, Ink ink, Span... spans) {
            return new Said(-1, who, ink, List.of(spans));
        }
    }

    /** A motion goes on; on a terminal each of these takes the place of the one before. */
    record Moving(long atMillis, String who, int done, int total, String phase) implements Row {}
}
