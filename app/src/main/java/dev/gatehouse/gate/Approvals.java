package dev.gatehouse.gate;

import dev.gatehouse.id.Ids;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The open questions to people and their answers.
 *
 * <p>Answers come only from a credential with the right to approve that is not the requester's (D7.4); silence is denial
 * (D7.2); of two answers the first counts. Nothing survives a restart, because a restart denies (threats.md T6.3).
 */
public final class Approvals {
    private static final int REMEMBERED = 1000;
    /** Questions about direct calls that one credential may have open: a whole plan's. A further one takes the place of its oldest. */
    private static final int OPEN_DIRECT = 32;

    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Supplier<Policy> policy;
    private final Confirmations confirmations;
    private final Supplier<String> manifestSha256;
    private final Ids ids;
    private final Clock clock;
    private final Ticker ticker;

    /**
     * No question yet.
     *
     * @param manifestSha256 hash of the manifest as it is now
     */
    public Approvals(
            Supplier<Policy> policy,
            Confirmations confirmations,
            Supplier<String> manifestSha256,
            Ids ids,
            Clock clock,
            Ticker ticker) {
        this.policy = policy;
        this.confirmations = confirmations;
        this.manifestSha256 = manifestSha256;
        this.ids = ids;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * Puts a question; {@link #await} then waits for the answer.
     *
     * @param held who may answer, and how many must; a stricter policy that comes meanwhile counts as well
     */
    Approval ask(Approval.Binding binding, Principal requester, Policy held, Approval.Shown shown, Duration wait) {
        var approval = new Approval(
                ids.mint(Ids.Kind.APPROVAL),
                binding,
                requester.credentialId(),
                requester.caller(),
                shown,
                clock.instant().plus(wait),
                Approval.State.PENDING,
                "",
                "");
        var question = new Question(approval, requester, held, Deadline.in(wait, ticker));
        var timer = Thread.ofVirtual().name("approval-" + approval.id()).unstarted(() -> expire(question));
        var _ = question.answer.thenRun(timer::interrupt);
        synchronized (this) {
            forgetOldest();
            questions.put(approval.id(), question);
        }
        timer.start();
        return approval;
    }

    /**
     * Puts the question of a direct call, whose caller does not wait. The same call asked again while nobody has answered is the
     * same question.
     *
     * @param answered hears the answer before anybody can use it
     */
    synchronized Approval askOnce(
            Approval.Binding binding,
            Principal requester,
            Policy held,
            Approval.Shown shown,
            Duration wait,
            Consumer<Approval> answered) {
        var open = new ArrayList<Question>();
        for (var question : questions.values()) {
            var approval = question.approval;
            if (approval.state() == Approval.State.PENDING
                    && approval.direct()
                    && approval.requester().equals(requester.credentialId())) {
                if (approval.isFor(requester, binding, shown.reasons())) {
                    return approval;
                }
                open.add(question);
            }
        }
        if (open.size() >= OPEN_DIRECT) {
            resolve(open.getFirst(), Approval.State.VOID, "", "the caller has asked for too much since");
        }
        var asked = ask(binding, requester, held, shown, wait);
        var _ = question(asked.id()).orElseThrow().answer.thenAccept(answered);
        return asked;
    }

    /** Looks at what a person carries to a call whose turn comes later; see {@link Confirmations#look}. */
    Confirmations.Shown look(Secret token, Principal caller, Approval.Binding call, List<String> reasons) {
        return confirmations.look(token, caller, call, reasons);
    }

    /** Spends what a person carries to a repeated call; see {@link Confirmations#show}. */
    Confirmations.Shown show(Secret token, Principal caller, Approval.Binding call, List<String> reasons) {
        return confirmations.show(token, caller, call, reasons);
    }

    /**
     * Waits until the question is answered or its time is over.
     *
     * @throws InterruptedException if the task was stopped; the question is void then
     */
    Approval await(String id) throws InterruptedException {
        var question = question(id).orElseThrow();
        try {
            return question.answer.get();
        } catch (InterruptedException e) {
            resolve(question, Approval.State.VOID, "", "the task was stopped");
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is only ever completed", e);
        }
    }

    /** Whether there can be a question that this credential may answer. */
    public static boolean mayDecide(Principal who) {
        return who.has(Role.APPROVE) || who.has(Role.CLEAR);
    }

    /** The answer of one person; a question that takes another right than theirs does not exist for them. */
    public Decision decide(String id, Principal approver, boolean approve, String argumentsSha256, String reason) {
        if (!mayDecide(approver)) {
            return new Decision.Refused(Decision.Code.NOT_AN_APPROVER);
        }
        var found = question(id).filter(q -> approver.has(q.approval.decider()));
        if (found.isEmpty()) {
            return new Decision.Refused(Decision.Code.NOT_FOUND);
        }
        var question = found.get();
        if (overtaken(question)) {
            resolve(question, Approval.State.VOID, "", "the manifest or the policy changed");
            return new Decision.Refused(Decision.Code.APPROVAL_MISMATCH);
        }
        synchronized (this) {
            var approval = question.approval;
            if (approval.state() == Approval.State.EXPIRED) {
                return new Decision.Refused(Decision.Code.APPROVAL_EXPIRED);
            }
            if (approval.state() != Approval.State.PENDING) {
                return new Decision.Refused(Decision.Code.ALREADY_DECIDED);
            }
            var rule = question.held.and(policy.get());
            if (question.askedBy(approver) && !rule.selfApprove()) {
                return new Decision.Refused(Decision.Code.OWN_REQUEST);
            }
            if (!approval.binding().argumentsSha256().equals(argumentsSha256)) {
                return new Decision.Refused(Decision.Code.APPROVAL_MISMATCH);
            }
            if (approve) {
                question.agreed.add(approver.credentialId());
                if (question.agreed.size() < rule.approvalsNeeded()) {
                    return new Decision.Taken(approval, Optional.empty());
                }
            }
            var state = approve ? Approval.State.APPROVED : Approval.State.DENIED;
            var answered = resolve(question, state, approver.caller(), reason);
            return new Decision.Taken(
                    answered,
                    approve && answered.direct() ? Optional.of(confirmations.mint(answered)) : Optional.empty());
        }
    }

    /** A call of a task looks for itself when it goes on; to a direct call nobody may agree that can no longer happen. */
    private boolean overtaken(Question question) {
        var approval = question.approval;
        return approval.direct()
                && approval.state() == Approval.State.PENDING
                && !(approval.binding().manifestSha256().equals(manifestSha256.get())
                        && approval.binding().policySha256().equals(policy.get().sha256()));
    }

    /** Ends every open question of a task, or of all tasks, because the calls can no longer happen. */
    public void voidAll(Optional<String> taskId, String why) {
        List<Question> open;
        synchronized (this) {
            open = questions.values().stream()
                    .filter(q ->
                            taskId.isEmpty() || q.approval.binding().taskId().equals(taskId.get()))
                    .toList();
        }
        open.forEach(q -> resolve(q, Approval.State.VOID, "", why));
        if (taskId.isEmpty()) {
            confirmations.forgetAll();
        }
    }

    /** The question with this id. */
    public synchronized Optional<Approval> find(String id) {
        return question(id).map(q -> q.approval);
    }

    /** All questions still remembered, oldest first. */
    public synchronized List<Approval> list() {
        var out = new ArrayList<Approval>();
        questions.values().forEach(q -> out.add(q.approval));
        return out;
    }

    private synchronized Optional<Question> question(String id) {
        return Optional.ofNullable(questions.get(id));
    }

    private void expire(Question question) {
        try {
            ticker.sleepUntil(question.deadline.at());
            resolve(question, Approval.State.EXPIRED, "", "nobody answered in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Approval resolve(Question question, Approval.State to, String by, String why) {
        if (question.approval.state() == Approval.State.PENDING) {
            question.approval = question.approval.resolved(to, by, why);
            question.answer.complete(question.approval);
        }
        return question.approval;
    }

    private void forgetOldest() {
        var oldest = questions.entrySet().iterator();
        while (questions.size() >= REMEMBERED && oldest.hasNext()) {
            if (oldest.next().getValue().approval.state() != Approval.State.PENDING) {
                oldest.remove();
            }
        }
    }

    /** What came of an answer. */
    public sealed interface Decision {
        /**
         * It counted; with several people needed the approval may still be pending.
         *
         * @param confirmToken for this person, to be carried to the direct call that was agreed to; nobody else ever gets it
         */
        record Taken(Approval approval, Optional<Secret> confirmToken) implements Decision {}

        /** It did not count. */
        record Refused(Code code) implements Decision {}

        /** Why an answer did not count. */
        enum Code {
            NOT_AN_APPROVER,
            NOT_FOUND,
            ALREADY_DECIDED,
            APPROVAL_EXPIRED,
            APPROVAL_MISMATCH,
            OWN_REQUEST
        }
    }

    /** An approval in its changing state, guarded by the monitor of {@link Approvals}. */
    private static final class Question {
        private final Principal requester;
        private final Policy held;
        private final Deadline deadline;
        private final Set<String> agreed = new HashSet<>();
        private final CompletableFuture<Approval> answer = new CompletableFuture<>();
        private volatile Approval approval;

        Question(Approval approval, Principal requester, Policy held, Deadline deadline) {
            this.approval = approval;
            this.requester = requester;
            this.held = held;
            this.deadline = deadline;
        }

        /** Whether this credential asked, or somebody in its name. */
        boolean askedBy(Principal who) {
            return requester.credentialId().equals(who.credentialId())
                    || requester.onBehalfOf().stream()
                            .anyMatch(hop -> hop.credentialId().equals(who.credentialId()));
        }
    }
}
