package dev.gatehouse.cli;

import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The person in front of the program; a test sits there itself. */
interface Terminal {
    /** What was typed after a question; empty if nobody is there. */
    Optional<String> ask(String question);

    /** The same without showing what is typed. */
    Optional<String> askHidden(String question);

    /** Whether somebody is there to ask. */
    default boolean attended() {
        return true;
    }

    /** Whether whoever reads standard error sees colours and lines that change; not so on a terminal that declined them (no-color.org). */
    default boolean showsColours() {
        return false;
    }

    /** The terminal this process runs in, if it runs in one. */
    static Terminal system() {
        return new Terminal() {
            @Override
            public Optional<String> ask(String question) {
                return console().flatMap(console -> Optional.ofNullable(console.readLine("%s", question)));
            }

            @Override
            public Optional<String> askHidden(String question) {
                return console()
                        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)))
                        .map(String::new);
            }

            @Override
            public boolean attended() {
                return console().isPresent();
            }

            @Override
            public boolean showsColours() {
                var declined = System.getenv().getOrDefault("NO_COLOR", "");
                return console().isPresent()
                        && declined.isEmpty()
                        && !"dumb".equals(System.getenv("TERM"))
                        && !Files.isRegularFile(Path.of("/proc/self/fd/2"));
            }

            private Optional<Console> console() {
                return Optional.ofNullable(System.console()).filter(Console::isTerminal);
            }
        };
    }
}
