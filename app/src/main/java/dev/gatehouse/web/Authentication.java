package dev.gatehouse.web;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.FailureThrottle;
import dev.gatehouse.gate.LocalOperators;
import dev.gatehouse.gate.ModelKey;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.http.WatchedConnection;
import dev.gatehouse.json.Json;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds out who asks, with the texts of 0.2.0 in their order (dispatcher.md 3.3, steps 5 and 6). */
final class Authentication {
    static final HeaderName MODEL_KEY = HeaderNames.create("X-Anthropic-Api-Key");

    /** The same for whoever is not known, for whatever reason (threats.md T7.2). */
    static final String UNKNOWN = "unknown bearer";

    private static final Pattern BEARER = Pattern.compile("(?i)bearer[ \\t]+(.+)");

    private static final int A_MINUTE_S = 60;

    private final Supplier<Credentials> credentials;
    private final LocalOperators operators;
    private final FailureThrottle throttle;
    private final Consumer<AuditEntry> audit;
    private final boolean keyAlwaysNeeded;

    /**
     * The checks of one server.
     *
     * @param audit takes note of failures
     * @param keyAlwaysNeeded false if some engine of this server needs no key; the order then decides
     */
    Authentication(
            Supplier<Credentials> credentials,
            LocalOperators operators,
            FailureThrottle throttle,
            Consumer<AuditEntry> audit,
            boolean keyAlwaysNeeded) {
        this.credentials = credentials;
        this.operators = operators;
        this.throttle = throttle;
        this.audit = audit;
        this.keyAlwaysNeeded = keyAlwaysNeeded;
    }

    void authenticate(Exchange exchange, Route.Access access) throws RefusedException {
        exchange.authenticated(principal(exchange, access));
        switch (access) {
            case CALLER_WITH_KEY -> modelKey(exchange);
            // A stop comes this way too, and is never refused for a header that it does not need.
            case CALLER_MAY_PAY ->
                exchange.headers(MODEL_KEY).stream()
                        .findFirst()
                        .flatMap(ModelKey::of)
                        .ifPresent(exchange::paysWith);
            case OPEN, CALLER, STOP -> {}
        }
    }

    private Principal principal(Exchange exchange, Route.Access access) throws RefusedException {
        var user = WatchedConnection.current().user();
        var source = user.map(local -> "local:" + local.getName())
                .orElseGet(() -> exchange.origin().address());
        var headers = exchange.headers(HeaderNames.AUTHORIZATION);
        if (access != Route.Access.STOP) {
            check(source);
        }
        if (headers.isEmpty()) {
            return user.flatMap(operators::principal)
                    .orElseThrow(() -> unauthorized(source, "missing Authorization header"));
        }
        var bearer = BEARER.matcher(headers.getFirst().strip());
        if (!bearer.matches()) {
            throw unauthorized(source, "Authorization must be Bearer <token>");
        }
        var who = credentials
                .get()
                .authenticate(bearer.group(1).strip())
                .orElseThrow(() -> unauthorized(source, UNKNOWN));
        return user.isPresent() ? who.via(Surface.CLI) : who;
    }

    private void check(String source) throws RefusedException {
        if (throttle.closed(source)) {
            throw new RefusedException(Refusal.later(
                    Refusal.Code.TOO_MANY_FAILURES, "too many failed attempts to authenticate", A_MINUTE_S));
        }
    }

    private RefusedException unauthorized(String source, String detail) {
        failed(throttle.failed(source), source, detail).ifPresent(audit);
        return new RefusedException(Refusal.Code.UNAUTHORIZED, detail);
    }

    /**
     * What is recorded of a failure. One guesser must not fill the audit: the first failure of a minute is, the second, the fourth, the eighth.
     *
     * @param count which one of its source it is
     */
    static Optional<AuditEntry> failed(int count, String source, String detail) {
        return Integer.bitCount(count) == 1
                ? Optional.of(AuditEntry.of(AuditEvent.AUTH_FAILED)
                        .with("source", Json.tree(source))
                        .with("reason", Json.tree(detail))
                        .with("failures", Json.tree(count)))
                : Optional.empty();
    }

    private void modelKey(Exchange exchange) throws RefusedException {
        var keys = exchange.headers(MODEL_KEY);
        if (keys.isEmpty()) {
            if (keyAlwaysNeeded && exchange.principal().modelKey().isEmpty()) {
                throw missingKey();
            }
            return;
        }
        exchange.paysWith(ModelKey.of(keys.getFirst())
                .orElseThrow(
                        () -> new RefusedException(Refusal.Code.UNAUTHORIZED, "invalid Anthropic API key format")));
    }

    static RefusedException missingKey() {
        return new RefusedException(Refusal.Code.UNAUTHORIZED, "missing X-Anthropic-Api-Key header (BYOK required)");
    }
}
