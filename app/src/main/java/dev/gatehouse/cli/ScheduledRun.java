package dev.gatehouse.cli;

import dev.gatehouse.json.CanonicalJson;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One run of a job that a timer starts. All starts of one job on one host in one minute are one run, so that a timer that fires
 * twice orders one task (D18.2).
 */
record ScheduledRun(String host, String job, Instant at) {
    /** The run that begins now, here. */
    static ScheduledRun now(String job, Instant now) {
        return new ScheduledRun(thisHost(), job, now);
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Its Idempotency-Key. */
    String key() {
        var minute = at.truncatedTo(ChronoUnit.MINUTES);
        return CanonicalJson.sha256((host + "\n" + job + "\n" + minute).getBytes(StandardCharsets.UTF_8));
    }
}
