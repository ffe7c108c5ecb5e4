package dev.gatehouse.install;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What would have to happen to a client's configuration. */
public sealed interface Plan {
    /**
     * A file is changed or made.
     *
     * @param file the file itself, behind any link
     * @param before its text; empty if there is no file
     * @param after its text then
     * @param removed lines that show what goes; empty unless an entry of this name is replaced
     * @param added lines that show what comes
     */
    record Change(Path file, Optional<String> before, String after, List<String> removed, List<String> added)
            implements Plan {
        public Change {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }

    /** The entry is there already. */
    record Done() implements Plan {}

    /** It is not safe to change the file, for this reason; a person has to do it. */
    record ByHand(String why) implements Plan {}
}
