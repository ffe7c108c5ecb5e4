package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Ticker;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that can answer a question, in any order (B11): the first counts, and nothing changes it. */
@Timeout(300)
class AnswerModelTest {
    private static final int ORDERS = 100_000;

    private static final Policy POLICY = Policy.builtIn();
    private static final Approval.Binding BINDING =
            new Approval.Binding("tsk-1", "cal-1", "tool", "args", "m", "p", 0, "");

    private final Bells bells = new Bells();
    private final Approvals approvals = new Approvals(
            () -> POLICY,
            new Confirmations(new SecureRandom(), Ticker.system()),
            () -> "",
            new Ids(),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            bells);

    private enum Step {
        APPROVE,
        DENY,
        EXPIRE,
        STOP
    }

    /** Time that is over for a question when the test says so. */
    private static final class Bells implements Ticker {
        private final SynchronousQueue<Bell> set = new SynchronousQueue<>();

        private record Bell(Thread sleeper, CountDownLatch rung) {}

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleepUntil(long nanoTime) throws InterruptedException {
            var bell = new Bell(Thread.currentThread(), new CountDownLatch(1));
            set.put(bell);
            bell.rung().await();
        }
    }

    private static Principal person(String name) {
        return new Principal("crd-" + name, name, Tier.READ, Set.of(Role.APPROVE), CallerLimits.NONE, Surface.HTTP);
    }

    private static Approval.State after(Step step) {
        return switch (step) {
            case APPROVE -> Approval.State.APPROVED;
            case DENY -> Approval.State.DENIED;
            case EXPIRE -> Approval.State.EXPIRED;
            case STOP -> Approval.State.VOID;
        };
    }

    private Optional<Decision> take(Step step, String id, Bells.Bell bell) throws InterruptedException {
        switch (step) {
            case APPROVE -> {
                return Optional.of(approvals.decide(id, person("anna"), true, "args", ""));
            }
            case DENY -> {
                return Optional.of(approvals.decide(id, person("bert"), false, "args", ""));
            }
            case EXPIRE -> {
                bell.rung().countDown();
                bell.sleeper().join();
            }
            case STOP -> approvals.voidAll(Optional.of("tsk-1"), "the task was stopped");
        }
        return Optional.empty();
    }

    @Test
    @DisplayName("B11: approve, deny, expire and stop in 100 000 orders: the first counts, the others are told so")
    void everyOrder() throws Exception {
        var random = new Random(11);
        var steps = new ArrayList<>(List.of(Step.values()));
        steps.addAll(List.of(Step.APPROVE, Step.EXPIRE));
        for (var i = 0; i < ORDERS; i++) {
            Collections.shuffle(steps, random);
            var asked = approvals.ask(
                    BINDING,
                    person("mover"),
                    POLICY,
                    new Approval.Shown(Json.object(), List.of("hitl:arm"), Role.APPROVE, List.of()),
                    Duration.ofMinutes(5));
            var bell = bells.set.take();
            var expected = after(steps.getFirst());
            for (var at = 0; at < steps.size(); at++) {
                var decision = take(steps.get(at), asked.id(), bell);

                var now = approvals.find(asked.id()).orElseThrow();
                assertThat(now.state()).isEqualTo(expected);
                if (decision.isPresent()) {
                    var late = expected == Approval.State.EXPIRED
                            ? Decision.Code.APPROVAL_EXPIRED
                            : Decision.Code.ALREADY_DECIDED;
                    assertThat(decision.get())
                            .isEqualTo(
                                    at == 0 ? new Decision.Taken(now, Optional.empty()) : new Decision.Refused(late));
                }
            }
            assertThat(approvals.await(asked.id()).state()).isEqualTo(expected);
        }
    }
}
