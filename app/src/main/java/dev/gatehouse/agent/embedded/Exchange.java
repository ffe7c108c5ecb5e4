package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.EngineOutcome;
import dev.gatehouse.agent.EngineOutcome.Stopped;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.Session;
import dev.gatehouse.agent.Spend;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;

/** Gets one response from the model: reserves, calls, settles, and tries again where that may help (E2.9, E4.2 to E4.5). */
final class Exchange {
    private static final int ATTEMPTS = 3;
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    private static final Duration LONGEST_COUNT = Duration.ofSeconds(10);

    /** A call is given up a little after the deadline, so that what ends it is the deadline and never a failure of the model. */
    private static final Duration AFTERWARDS = Duration.ofMillis(100);

    private final Session session;
    private final Transcript transcript;
    private final ModelClient client;
    private final int maxTokens;
    private final Ticker ticker;
    private final Backoff backoff;
    private final Stoppable stoppable;
    private Duration modelTime = Duration.ZERO;

    Exchange(
            Session session, Transcript transcript, ModelClient client, int maxTokens, Ticker ticker, Backoff backoff) {
        this.session = session;
        this.transcript = transcript;
        this.client = client;
        this.maxTokens = maxTokens;
        this.ticker = ticker;
        this.backoff = backoff;
        this.stoppable = new Stoppable(session.stop());
    }

    /** A response, or the end of the run. */
    sealed interface Result {
        record Response(ModelMessage message) implements Result {}

        record End(EngineOutcome outcome) implements Result {}
    }

    Duration modelTime() {
        return modelTime;
    }

    Result next(int turn) throws InterruptedException {
        var wire = transcript.wire();
        for (var attempt = 1; ; attempt++) {
            var stopped = stopped();
            if (stopped.isPresent()) {
                return new Result.End(stopped.get());
            }
            var bound = inputBound(wire);
            if (bound instanceof Bound.Refused refused) {
                return new Result.End(failed(refused.failure()));
            }
            var reservation = bound instanceof Bound.Tokens known
                    ? session.spend().reserve(known.tokens(), maxTokens, Transcript.CACHE)
                    : Optional.<Spend.Reservation>empty();
            if (reservation.isEmpty()) {
                // A stop during the count leaves no bound, and it outranks the budget (D1.5).
                return new Result.End(
                        stopped().<EngineOutcome>map(s -> s).orElseGet(EngineOutcome.BudgetExceeded::new));
            }
            var reply = attempt(turn, wire, reservation.get());
            if (reply.isEmpty()) {
                return new Result.End(stopped().orElseGet(() -> new Stopped(Stopped.DEADLINE)));
            }
            switch (reply.get()) {
                case ModelReply.Answered answered -> {
                    return new Result.Response(answered.message());
                }
                case ModelReply.Failed failed -> {
                    var end = retryOrEnd(turn, attempt, failed);
                    if (end.isPresent()) {
                        return new Result.End(end.get());
                    }
                }
            }
        }
    }

    /** The stop cause, or the deadline if that has passed. */
    Optional<Stopped> stopped() {
        return session.stop()
                .cause()
                .or(() -> session.deadline().passed() ? Optional.of(Stopped.DEADLINE) : Optional.empty())
                .map(Stopped::new);
    }

    private Optional<ModelReply> attempt(int turn, ModelRequest.Wire wire, Spend.Reservation reservation)
            throws InterruptedException {
        var request = new ModelRequest(session.model(), reservation.maxTokens(), wire);
        var limit = timeFor(LONGEST_CALL);
        var started = ticker.nanoTime();
        Optional<ModelReply> reply = Optional.empty();
        try (var deltas = new Deltas(text -> session.sink().textDelta(turn, text), session.deltas())) {
            reply = stoppable.call(() -> new ModelCall(client).run(request, session.key(), limit, deltas));
        } finally {
            modelTime = modelTime.plusNanos(ticker.nanoTime() - started);
            settle(turn, reservation, reply);
        }
        return reply;
    }

    private Duration timeFor(Duration longest) {
        return session.deadline().atMost(longest).left().plus(AFTERWARDS);
    }

    /** Also reached when the call was abandoned or threw. */
    private void settle(int turn, Spend.Reservation reservation, Optional<ModelReply> reply) {
        var cost = reply.orElseGet(() -> ModelReply.Failed.broken(false)).settle(reservation);
        if (reply.orElse(null) instanceof ModelReply.Answered(var message)) {
            session.sink()
                    .usage(
                            turn,
                            message.usage(),
                            cost,
                            session.spend().total(),
                            session.spend().remaining());
        }
    }

    /** Waits for the next attempt, or says how the run ends. */
    private Optional<EngineOutcome> retryOrEnd(int turn, int attempt, ModelReply.Failed failed)
            throws InterruptedException {
        var stopped = stopped();
        if (stopped.isPresent()) {
            return Optional.of(stopped.get());
        }
        if (!failed.retryable() || attempt == ATTEMPTS) {
            return Optional.of(failed(failed));
        }
        var delay = backoff.delay(attempt, failed.retryAfter());
        if (delay.compareTo(session.deadline().left()) >= 0) {
            return Optional.of(failed(failed));
        }
        session.sink().retry(turn, attempt, delay, failed.status(), failed.code());
        stoppable.call(() -> {
            ticker.sleep(delay);
            return true;
        });
        return Optional.empty();
    }

    private static EngineOutcome failed(ModelReply.Failed failure) {
        return new EngineOutcome.Failed(failure.code(), failure.message());
    }

    /** How large the prompt can be. */
    private sealed interface Bound {
        record Tokens(long tokens) implements Bound {}

        record Refused(ModelReply.Failed failure) implements Bound {}

        record StoppedMeanwhile() implements Bound {}
    }

    /**
     * The bound of E4.2. Counting costs a round trip, so it is asked for only where it can change anything: when the bound from bytes
     * would make the call smaller or impossible, or when there are images, whose bytes say nothing.
     */
    private Bound inputBound(ModelRequest.Wire wire) throws InterruptedException {
        var fromBytes = transcript.bound();
        var images = transcript.hasImages();
        if (!images && session.spend().fits(fromBytes, maxTokens, Transcript.CACHE)) {
            return new Bound.Tokens(fromBytes);
        }
        var request = new ModelRequest(session.model(), maxTokens, wire);
        var limit = timeFor(LONGEST_COUNT);
        var counted = stoppable.call(() -> new TokenCount(client).run(request, session.key(), limit));
        if (counted.isEmpty()) {
            return new Bound.StoppedMeanwhile();
        }
        return switch (counted.get()) {
            case TokenCount.Count.Known known ->
                new Bound.Tokens(images ? known.bound() : Math.min(fromBytes, known.bound()));
            case TokenCount.Count.Unavailable unavailable ->
                unavailable.failure().code() == FailureCode.MODEL_AUTH
                        ? new Bound.Refused(unavailable.failure())
                        : new Bound.Tokens(fromBytes);
        };
    }
}
