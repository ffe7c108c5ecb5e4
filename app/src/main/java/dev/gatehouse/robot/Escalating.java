package dev.gatehouse.robot;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one escalation step so that neither its failure nor its hanging keeps the next one from running. */
final class Escalating {
    private static final Logger LOG = LoggerFactory.getLogger(Escalating.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private Escalating() {}

    static void run(Escalation escalation, Ticker ticker) {
        LOG.error("the robot did not confirm the stop: {}", escalation.name());
        var thread = Thread.ofPlatform()
                .daemon()
                .name("gatehouse-escalation-" + escalation.name())
                .start(() -> step(escalation));
        if (!Patience.await(() -> !thread.isAlive(), ticker.nanoTime() + LIMIT.toNanos(), ticker)) {
            LOG.error("escalation {} did not end in time", escalation.name());
        }
    }

    private static void step(Escalation escalation) {
        try {
            escalation.step().run();
        } catch (Exception e) {
            LOG.error("escalation {} failed", escalation.name(), e);
        }
    }
}
