package dev.gatehouse.install;

import java.util.List;

/** What an entry would do to a text. */
sealed interface Edit {
    /**
     * The text with the entry in it.
     *
     * @param removed lines that show the entry of the same name that goes; empty if there is none
     * @param added lines that show what comes
     */
    record Changed(String text, List<String> removed, List<String> added) implements Edit {
        public Changed {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }

    /** The entry is there already. */
    record Same() implements Edit {}

    /** The text is not understood well enough to change it. */
    record Refused(String why) implements Edit {}
}
