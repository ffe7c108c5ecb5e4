package dev.gatehouse.agent.rehearsal;

import java.util.Optional;

/**
 * Finds the turn that is due, by playing the script over the responses a request already holds.
 *
 * <p>Each response took one turn. Turns are taken in order and never revisited; a turn whose condition fails at the moment it
 * would be due is passed for good. A turn that repeats stays due until its count is used up or its condition fails. Because only
 * the request decides, a repeated request gets the same turn.
 */
final class Replay {
    private Replay() {}

    /** The turn that answers a conversation; empty when the script is at its end. */
    static Optional<Turn> due(Script script, Conversation conversation) {
        var turns = script.turns();
        var cursor = 0;
        var taken = 0;
        for (var response = 1; ; response++) {
            var asked = conversation.before(response);
            while (cursor < turns.size() && !turns.get(cursor).when().holds(asked)) {
                cursor++;
                taken = 0;
            }
            if (cursor == turns.size()) {
                return Optional.empty();
            }
            var due = turns.get(cursor);
            if (response > conversation.responses()) {
                return Optional.of(due);
            }
            taken++;
            if (due.repeat() != Turn.FOREVER && taken >= due.repeat()) {
                cursor++;
                taken = 0;
            }
        }
    }
}
