package dev.gatehouse.cli;

import java.io.Console;
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

            private Optional<Console> console() {
                return Optional.ofNullable(System.console()).filter(Console::isTerminal);
            }
        };
    }
}
