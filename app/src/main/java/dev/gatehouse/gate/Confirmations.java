package dev.gatehouse.gate;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The one-time tokens with which a person's agreement is carried to a direct call (dispatcher.md D7.5, robot-md.md 10.3).
 *
 * <p>A token is known here by its hash only, is good for the one call that was agreed to, once, and dies with this process.
 */
public final class Confirmations {
    /** How long a token may be carried about. */
    static final Duration LIFE = Duration.ofMinutes(5);

    /** Wrong tokens of one caller that are looked at in a minute, less the one that closes the door. */
    private static final int WRONG_LET_PASS = 4;

    private final RandomGenerator random;
    private final Ticker ticker;
    private final FailureThrottle wrong;
    private final List<Token> tokens = new ArrayList<>();

    private record Token(Approval approval, String sha256, Deadline until) {}

    /**
     * No token yet.
     *
     * @param random must be cryptographic outside tests
     */
    public Confirmations(RandomGenerator random, Ticker ticker) {
        this.random = random;
        this.ticker = ticker;
        this.wrong = new FailureThrottle(ticker, WRONG_LET_PASS);
    }

    /** What came of showing a token. */
    sealed interface Shown {
        /** It is the right one. */
        record Good(Approval approval) implements Shown {}

        /** It is none, or is spent, or is for another call. */
        record Wrong() implements Shown {}

        /** This caller was wrong too often, so nobody looked. */
        record Unseen() implements Shown {}
    }

    /** Whether this is the SHA-256 of a token in force, in lower-case hexadecimal. */
    public boolean knows(String sha256) {
        var found = false;
        for (var token : inForce()) {
            // Every one is compared, and each in constant time: how long it takes tells nothing (T7).
            found |= equal(token.sha256(), sha256);
        }
        return found;
    }

    /** Makes the token of a question that was agreed to just now. It is not kept, so it can be given to one person once. */
    synchronized Secret mint(Approval approval) {
        var fresh = Secret.fresh(random);
        tokens.removeIf(token -> token.until().passed());
        tokens.add(new Token(approval, sha256(fresh.reveal()), Deadline.in(LIFE, ticker)));
        return fresh;
    }

    /** Spends the token of a call, if it was made for exactly this call of this caller. */
    synchronized Shown show(Secret shown, Principal caller, Approval.Binding call, List<String> reasons) {
        var answer = look(shown, caller, call, reasons);
        if (answer instanceof Shown.Good) {
            var sha256 = sha256(shown.reveal());
            tokens.removeIf(token -> equal(token.sha256(), sha256));
        }
        return answer;
    }

    /** What {@link #show} would say; a wrong token counts as one that was shown, a good one stays good. */
    synchronized Shown look(Secret shown, Principal caller, Approval.Binding call, List<String> reasons) {
        if (wrong.closed(caller.caller())) {
            return new Shown.Unseen();
        }
        var sha256 = sha256(shown.reveal());
        var found = Optional.<Token>empty();
        for (var token : inForce()) {
            if (equal(token.sha256(), sha256) && token.approval().isFor(caller, call, reasons)) {
                found = Optional.of(token);
            }
        }
        if (found.isEmpty()) {
            wrong.failed(caller.caller());
            return new Shown.Wrong();
        }
        return new Shown.Good(found.get().approval());
    }

    /** Makes every token worthless. */
    synchronized void forgetAll() {
        tokens.clear();
    }

    private synchronized List<Token> inForce() {
        return tokens.stream().filter(token -> !token.until().passed()).toList();
    }

    private static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(String text) {
        return CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
