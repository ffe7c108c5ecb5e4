package dev.gatehouse.demo;

import dev.gatehouse.json.Json;
import dev.gatehouse.story.EventRows;
import dev.gatehouse.story.Ink;
import dev.gatehouse.story.Row;
import dev.gatehouse.story.Screen;
import dev.gatehouse.story.Span;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every chapter needs: the way to the server, the screen, and the list of what was shown. */
record Stage(DemoSettings settings, Door door, Screen screen, Claims claims, Ticker ticker) {
    /** Longest a task of the demonstration may take, a real model included. */
    static final Duration LONGEST = Duration.ofMinutes(3);

    /** An order as it is sent, with a small budget where it is somebody's money. */
    ObjectNode order(String goal) {
        var order = Json.object().put("goal", goal).put("stream", "full");
        order.put("deadline_s", LONGEST.minusSeconds(30).toSeconds()).put("approval_wait_s", 60);
        if (!settings.rehearses()) {
            order.put("max_budget_usd", new BigDecimal(DemoSettings.BUDGET_USD));
        }
        return order;
    }

    /** Time to read; none if nobody reads. */
    void pause(Duration time) throws InterruptedException {
        if (!settings.fast()) {
            ticker.sleep(time);
        }
    }

    /** Time in which something could go wrong; shorter, but there, if nobody reads. */
    void watch(Duration time) throws InterruptedException {
        ticker.sleep(settings.fast() ? time.dividedBy(3) : time);
    }

    /** One direct call of a tool. */
    JsonNode call(Person who, String tool, JsonNode arguments) throws IOException, InterruptedException {
        return door.post(who, "/v1/tools/" + tool, arguments).body();
    }

    /** How the arm stands, asked by somebody who may only look. */
    Arm arm() throws IOException, InterruptedException {
        return Arm.of(call(Person.BOB, "status", Json.object()));
    }

    void show(EventRows rows, JsonNode event) {
        rows.of(event).ifPresent(screen::row);
    }

    /** Shows a refused request. */
    void refused(Answer answer) {
        screen.row(Row.Said.now(
                "server",
                Ink.WAIT,
                new Span(Ink.BAD, screen.glyphs().no() + " " + answer.status() + " " + answer.code()),
                Span.plain(": " + answer.text("detail"))));
    }
}
