package dev.gatehouse.cli;

import dev.gatehouse.client.Following;
import dev.gatehouse.story.EventRows;
import dev.gatehouse.story.Screen;
import dev.gatehouse.terminal.Glyphs;
import tools.jackson.databind.JsonNode;

/** Shows a task while it goes on, in the form that was asked for. */
final class Telling implements Following.Listener {
    private final ServerVerb verb;
    private final OutputOptions.Form form;
    private final Screen screen;
    private final EventRows rows;

    Telling(ServerVerb verb, OutputOptions.Form form) {
        this.verb = verb;
        this.form = form;
        this.screen = new Screen(
                verb.err(), Glyphs.ofStandardOutput(), verb.terminal().showsColours());
        this.rows = new EventRows(screen.glyphs());
    }

    @Override
    public void event(JsonNode event) {
        switch (form) {
            case NDJSON -> {
                verb.print(event);
                verb.out().flush();
            }
            case STORY -> {
                if (event.path("type").asString("").equals("heartbeat")) {
                    var seconds = event.path("elapsed_ms").asLong(0) / 1000;
                    screen.waiting(event.path("state").asString("") + ", for " + seconds + " s now");
                } else {
                    rows.of(event).ifPresent(screen::row);
                    hint(event);
                }
            }
            case JSON, SUMMARY -> {
                // Told at the end.
            }
        }
    }

    /** A person who has to agree must know how. */
    private void hint(JsonNode event) {
        if (event.path("type").asString("").equals("approval_required")) {
            said("a person other than you has to agree: gatehouse approve " + ServerVerb.word(event, "approval_id"));
        }
    }

    @Override
    public void said(String message) {
        var _ = verb.say(0, message);
    }
}
