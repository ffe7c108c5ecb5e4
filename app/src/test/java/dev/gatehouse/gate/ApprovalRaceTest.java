package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that come at the same time (T6.4, B11). */
@Timeout(60)
class ApprovalRaceTest {
    private static final int ROUNDS = 10_000;
    private static final Policy POLICY = Policy.builtIn();
    private static final Approval.Binding BINDING =
            new Approval.Binding("tsk-1", "cal-1", "tool", "args", "m", "p", 0, "");

    private final ManualTicker ticker = new ManualTicker();
    private final Approvals approvals = new Approvals(
            () -> POLICY,
            new Confirmations(new SecureRandom(), Ticker.system()),
            () -> "",
            new Ids(),
            Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC),
            ticker);

    private static Principal person(String name) {
        return new Principal("crd-" + name, name, Tier.READ, Set.of(Role.APPROVE), CallerLimits.NONE, Surface.HTTP);
    }

    private Approval ask() {
        return approvals.ask(
                BINDING,
                person("mover"),
                POLICY,
                new Approval.Shown(Json.object(), List.of("hitl:arm"), Role.APPROVE, List.of()),
                Duration.ofMinutes(5));
    }

    @Test
    @DisplayName("T6.4: of two answers at the same time exactly one counts, and the call gets that one")
    void twoDeciders() throws Exception {
        var barrier = new CyclicBarrier(2);
        var other = new FutureTask<?>[1];
        var question = new Approval[1];
        var second = new Decision[1];
        other[0] = new FutureTask<>(() -> {
            for (var i = 0; i < ROUNDS; i++) {
                barrier.await();
                second[0] = approvals.decide(question[0].id(), person("bert"), false, "args", "no");
                barrier.await();
            }
            return null;
        });
        Thread.ofPlatform().daemon().start(other[0]);
        var approvedRounds = 0;
        for (var i = 0; i < ROUNDS; i++) {
            question[0] = ask();
            barrier.await();
            var first = approvals.decide(question[0].id(), person("anna"), true, "args", "yes");
            barrier.await();

            var outcome = approvals.find(question[0].id()).orElseThrow();
            var approved = outcome.state() == Approval.State.APPROVED;
            approvedRounds += approved ? 1 : 0;
            var loser = approved ? second[0] : first;
            assertThat(approved ? first : second[0]).isEqualTo(new Decision.Taken(outcome, Optional.empty()));
            assertThat(loser).isEqualTo(new Decision.Refused(Decision.Code.ALREADY_DECIDED));
            assertThat(outcome.approver()).isEqualTo(approved ? "anna" : "bert");
        }
        other[0].get();
        assertThat(approvedRounds).as("either may be first").isBetween(0, ROUNDS);
    }

    @Test
    @DisplayName("B11: approve against expire: the call is told what the approver was told")
    void approveAgainstExpire() throws Exception {
        for (var i = 0; i < 2_000; i++) {
            var question = ask();
            var waiting = new FutureTask<>(() -> approvals.await(question.id()));
            Thread.ofVirtual().start(waiting);
            ticker.awaitSleepers(1);
            var deciding = new FutureTask<>(() -> approvals.decide(question.id(), person("anna"), true, "args", ""));
            Thread.ofVirtual().start(deciding);
            ticker.advance(Duration.ofMinutes(5));

            var expected = switch (deciding.get()) {
                case Decision.Taken taken -> Approval.State.APPROVED;
                case Decision.Refused(var code) -> {
                    assertThat(code).isEqualTo(Decision.Code.APPROVAL_EXPIRED);
                    yield Approval.State.EXPIRED;
                }
            };
            assertThat(waiting.get().state()).isEqualTo(expected);
        }
    }
}
