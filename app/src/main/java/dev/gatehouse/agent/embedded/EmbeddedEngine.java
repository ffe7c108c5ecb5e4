package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.Engine;
import dev.gatehouse.agent.EngineInfo;
import dev.gatehouse.agent.EngineOutcome;
import dev.gatehouse.agent.EngineRun;
import dev.gatehouse.agent.Query;
import dev.gatehouse.agent.QueryReply;
import dev.gatehouse.agent.Session;
import dev.gatehouse.agent.Spend;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Runs sessions on the Messages API. Runs share the HTTP connections and nothing else (E1.5). */
public final class EmbeddedEngine implements Engine {
    /** After the first, which loads classes, each takes some 30 ms; ten bring the compiler to where it matters. */
    private static final int WARM_UPS = 10;

    private final EngineSettings settings;
    private final ModelClient client;
    private final Ticker ticker;
    private final RandomGenerator random;

    /**
     * @param ticker for the waits between attempts; deadlines bring their own
     * @param random for the jitter of those waits
     */
    public EmbeddedEngine(EngineSettings settings, Ticker ticker, RandomGenerator random) {
        this.settings = settings;
        this.client = new ModelClient(settings.modelUrl(), ModelClient.IDLE);
        this.ticker = ticker;
        this.random = random;
    }

    /**
     * Runs a few sessions that cost nothing and touch no robot, so that the SDK's classes (one to two seconds of loading) are there
     * and warm before the first caller waits for them. Meant for start-up, on a thread of its own, towards a rehearsal endpoint (E2.2).
     *
     * @return whether the sessions ran to their end; if not, the first caller pays for what was not loaded
     */
    public static boolean warmUp(URI endpoint) throws InterruptedException {
        try (var engine = new EmbeddedEngine(EngineSettings.rehearsal(endpoint), Ticker.system(), new Random())) {
            var completed = true;
            for (var i = 0; i < WARM_UPS && completed; i++) {
                completed = engine.run(WarmUp.session()).outcome() instanceof EngineOutcome.Completed;
            }
            return completed;
        }
    }

    @Override
    public EngineInfo info() {
        return settings.info();
    }

    @Override
    public EngineRun run(Session session) throws InterruptedException {
        var transcript = new Transcript(session.systemText(), session.tools().tools(), session.goal());
        var backoff = new Backoff(random);
        var exchange = new Exchange(session, transcript, client, settings.maxTokens(), ticker, backoff);
        return new Conversation(session, transcript, exchange, new ToolRound(session)).run();
    }

    /**
     * Asks one question once; the key of this call, if the endpoint needs one, is used for nothing else. Ends when its thread is
     * interrupted.
     *
     * @param spend what it is paid from; its worst case is reserved before it is made (E4.2)
     * @param limit the most it may take
     */
    public QueryReply ask(Query query, Optional<Secret> key, Spend spend, Duration limit) {
        var transcript = new Transcript(query.systemText(), List.of(query.answer()), query.goal());
        transcript.user(query.data());
        var reserved = spend.reserve(transcript.bound(), settings.maxTokens(), Transcript.CACHE);
        if (reserved.isEmpty()) {
            return new QueryReply.TooDear();
        }
        var reservation = reserved.get();
        var request = new ModelRequest(query.model(), reservation.maxTokens(), transcript.wire());
        ModelReply reply = ModelReply.Failed.broken(false);
        try (var deltas = Deltas.unwanted()) {
            reply = new ModelCall(client).run(request, key, limit, deltas);
        } finally {
            // A call that threw may have been billed.
            var _ = reply.settle(reservation);
        }
        return switch (reply) {
            case ModelReply.Answered(var message) -> new QueryReply.Answered(answer(query, message));
            case ModelReply.Failed failed -> new QueryReply.Failed(failed.code(), failed.message());
        };
    }

    /** What was cut off or refused in the middle is no answer. */
    private static Optional<ObjectNode> answer(Query query, ModelMessage message) {
        var uses = message.toolUses();
        return message.stopReason().equals("tool_use")
                        && uses.size() == 1
                        && uses.getFirst().name().equals(query.answer().name())
                ? uses.getFirst().arguments()
                : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }
}
