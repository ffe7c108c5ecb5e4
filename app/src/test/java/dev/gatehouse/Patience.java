package dev.gatehouse;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * How long a test waits for what must come, and how often it looks, unless it says otherwise. Long enough for a busy machine: only a
 * test that fails waits to the end. The launcher finds it as a service.
 */
public final class Patience implements TestExecutionListener {
    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }
}
