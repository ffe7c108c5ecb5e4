package dev.gatehouse.web;

import dev.gatehouse.dispatch.Line;
import dev.gatehouse.dispatch.Refusal;
import java.util.Optional;

/** How the lines of a stream speak: as the log does, or as version 0.2.0 did (dispatcher.md section 5). */
@FunctionalInterface
interface Wording {
    /** The line in these words; empty if there are none for it. */
    Optional<Line> say(Line line);

    /**
     * The wording that a request asks for, or else its credential.
     *
     * @throws RefusedException if it is unknown
     */
    static Wording of(Exchange exchange) throws RefusedException {
        var asked = exchange.query("compat");
        if (asked.isEmpty()) {
            return exchange.principal().limits().compat02() ? new OldWording() : Optional::of;
        }
        if (asked.get().equals("0.2")) {
            return new OldWording();
        }
        throw new RefusedException(Refusal.Code.INVALID_REQUEST, "compat must be 0.2");
    }
}
