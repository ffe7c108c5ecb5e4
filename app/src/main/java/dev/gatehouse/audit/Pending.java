package dev.gatehouse.audit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A record on its way to the disk.
 *
 * @param answer what its writer waits for; nobody waits for a note or for a record of the log's own
 * @param noteBytes the room it takes among the waiting notes, 0 if it is none
 */
record Pending(Draft draft, Optional<CompletableFuture<Long>> answer, int noteBytes) {
    static Pending durable(Draft draft, CompletableFuture<Long> answer) {
        return new Pending(draft, Optional.of(answer), 0);
    }

    static Pending note(Draft draft) {
        return new Pending(draft, Optional.empty(), draft.size());
    }

    static Pending own(Draft draft) {
        return new Pending(draft, Optional.empty(), 0);
    }

    /** Whether its writer has stopped waiting; such a record is not written, because nothing will be done for it. */
    boolean givenUp() {
        return answer.isPresent() && answer.get().isDone();
    }
}
