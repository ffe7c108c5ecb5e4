package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.agent.EngineOutcome.Stopped;
import dev.gatehouse.agent.EngineRun;
import dev.gatehouse.agent.StopSignal;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(120)
@DisplayName("Connections and threads (E2.1, E2.11)")
class ConnectionTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void callsInARowShareAConnection() throws Exception {
        try (var endpoint = new RawEndpoint(Sse.done("ok"));
                var client = new ModelClient(endpoint.url(), LONG)) {
            assertThat(call(client)).isInstanceOf(ModelReply.Answered.class);
            assertThat(call(client)).isInstanceOf(ModelReply.Answered.class);

            assertThat(endpoint.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("E2.11: a connection that idled too long is closed and not used again")
    void anIdleConnectionIsNotUsedAgain() throws Exception {
        assertThat(ModelClient.IDLE).isLessThan(Duration.ofSeconds(30));
        try (var endpoint = new RawEndpoint(Sse.done("ok"));
                var client = new ModelClient(endpoint.url(), Duration.ofMillis(50))) {
            assertThat(call(client)).isInstanceOf(ModelReply.Answered.class);
            await().until(() -> endpoint.closedByClient() == 1);
            assertThat(call(client)).isInstanceOf(ModelReply.Answered.class);

            assertThat(endpoint.connections()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("500 sessions that wait for their model need no platform thread each, and all stop at once")
    void waitingSessionsCostNoPlatformThreads() throws Exception {
        var never = new CountDownLatch(1);
        var stops = new ArrayList<StopSignal>();
        var runs = new ArrayList<Future<EngineRun>>();
        try (var endpoint = new ScriptedEndpoint();
                var fixture = new EngineFixture(endpoint.url());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            endpoint.thenStream(Sse.done("warm"));
            fixture.run();
            var before = ManagementFactory.getThreadMXBean().getThreadCount();
            for (var i = 0; i < 500; i++) {
                endpoint.thenStreamAndWait(never, Sse.start());
                var stop = new StopSignal();
                stops.add(stop);
                runs.add(threads.submit(() -> fixture.engine.run(fixture.session(fixture.tools, stop))));
            }
            await().until(() -> endpoint.requests().size() == 501);

            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 50);

            stops.forEach(s -> s.stop("estop"));
            for (var run : runs) {
                assertThat(run.get().outcome()).isEqualTo(new Stopped("estop"));
            }
            never.countDown();
        }
    }

    private static ModelReply call(ModelClient client) {
        var wire = new ModelRequest.Wire(
                SdkJson.value(Json.array()), Optional.empty(), SdkJson.value(Json.tree(List.of())));
        var limit = Deadline.in(Duration.ofMinutes(1), Ticker.system()).left();
        return new ModelCall(client).run(new ModelRequest("m", 256, wire), Optional.empty(), limit, Deltas.unwanted());
    }
}
