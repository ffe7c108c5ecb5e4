package dev.gatehouse.dispatch;

import dev.gatehouse.dispatch.Executor.Preparation;
import dev.gatehouse.secret.Secret;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes orders from their check to the decision, and sees to it that what is refused leaves nothing but its record. */
final class Intake {
    private final OrderCheck check;
    private final KeyClaims keys;
    private final Tasks tasks;
    private final TaskAudit audit;
    private final Decision decision;
    private final BooleanSupplier closing;

    Intake(OrderCheck check, KeyClaims keys, Tasks tasks, TaskAudit audit, Decision decision, BooleanSupplier closing) {
        this.check = check;
        this.keys = keys;
        this.tasks = tasks;
        this.audit = audit;
        this.decision = decision;
        this.closing = closing;
    }

    /** Whether a sound order becomes a task, as things stand (3.3 from step 11 on). */
    interface Decision {
        Submission on(Asked asked, Preparation.Ready ready, Optional<IdempotencyKey> under);
    }

    Submission submit(Asked asked) {
        return switch (prepare(asked)) {
            case Preparation.Refused(var why) -> refuse(asked, why);
            case Preparation.Ready ready -> decide(asked, ready, Optional.empty());
        };
    }

    KeyedSubmission submit(Asked asked, IdempotencyKey under) throws StoreUnavailableException, InterruptedException {
        return switch (prepare(asked)) {
            case Preparation.Refused(var why) -> new KeyedSubmission.First(refuse(asked, why));
            case Preparation.Ready ready -> claimed(asked, ready, under);
        };
    }

    private KeyedSubmission claimed(Asked asked, Preparation.Ready ready, IdempotencyKey under)
            throws StoreUnavailableException, InterruptedException {
        return switch (keys.claim(under)) {
            case KeyClaims.Answer.Refused(var why) -> new KeyedSubmission.First(refuse(asked, why));
            case KeyClaims.Answer.Known(var taskId) -> {
                asked.key().ifPresent(Secret::close);
                yield new KeyedSubmission.Repeated(tasks.task(taskId).orElseThrow());
            }
            case KeyClaims.Claim claim -> {
                try (claim) {
                    yield new KeyedSubmission.First(decide(asked, ready, Optional.of(under)));
                }
            }
        };
    }

    private Preparation prepare(Asked asked) {
        return closing.getAsBoolean()
                ? new Preparation.Refused(Refusal.later(Refusal.Code.STOPPING, "the server is shutting down", 30))
                : check.prepare(asked.principal(), asked.order(), asked.key());
    }

    private Submission decide(Asked asked, Preparation.Ready ready, Optional<IdempotencyKey> under) {
        var submission = decision.on(asked, ready, under);
        return submission instanceof Submission.Refused(var why) ? refuse(asked, why) : submission;
    }

    private Submission refuse(Asked asked, Refusal why) {
        asked.key().ifPresent(Secret::close);
        audit.refused(asked.principal(), asked.order(), why);
        return new Submission.Refused(why);
    }
}
