package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.file.FileIdentity;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the credentials in force those of the file, and tells when some of them grant less than before (D2.8).
 *
 * <p>A file that cannot be used changes nothing: whoever came in before still does, and the operator is told in the log and in the
 * audit.
 */
public final class BearersWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BearersWatch.class);
    /** Half of what is allowed between two looks, so that one that is late is still in time. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Path file;
    private final Credentials credentials;
    private final Redactor redactor;
    private final AuditLog audit;
    private final Runnable weakened;
    private final Clock clock;
    private final Thread thread;
    private Optional<FileIdentity> seen;
    private Set<String> alive;

    /**
     * A watch that has not begun.
     *
     * @param seen which state of the file the credentials were read from
     * @param weakened told when a credential was removed, expired or lost a right; asks {@link Credentials#covers} for which
     */
    public BearersWatch(
            Path file,
            Optional<FileIdentity> seen,
            Credentials credentials,
            Redactor redactor,
            AuditLog audit,
            Runnable weakened,
            Clock clock,
            Ticker ticker) {
        this.file = file;
        this.seen = seen;
        this.credentials = credentials;
        this.redactor = redactor;
        this.audit = audit;
        this.weakened = weakened;
        this.clock = clock;
        this.alive = aliveNow();
        this.thread = Thread.ofPlatform().daemon().name("bearers-watch").unstarted(() -> watch(ticker));
    }

    /** Looks from now on. */
    public BearersWatch start() {
        thread.start();
        return this;
    }

    private void watch(Ticker ticker) {
        try {
            while (true) {
                ticker.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the file if it is not the one that was read before, and finds what has expired. */
    synchronized void look() {
        if (FileIdentity.of(file).equals(seen)) {
            expire();
        } else {
            reload();
        }
    }

    /** Reads the file whatever it looks like, and with it the files it names. */
    public synchronized void reload() {
        seen = FileIdentity.of(file);
        try {
            take(BearersFile.read(file, clock));
        } catch (ConfigException e) {
            LOG.error("the bearers file cannot be used, so the credentials stay as they were: {}", e.getMessage());
            audit.note(AuditEntry.of(AuditEvent.TOKEN_CHANGE)
                    .withOutcome(Json.tree("rejected"))
                    .with("problem", Json.tree(e.getMessage())));
        }
        expire();
    }

    private void take(Credentials next) {
        var before = credentials.entries();
        var after = next.entries();
        // Known before they are used, forgotten when they cannot be used any more.
        next.modelKeys().forEach(redactor::know);
        var old = credentials.modelKeys();
        credentials.become(next);
        old.forEach(redactor::forget);

        var added = without(after, before.keySet());
        var removed = without(before, after.keySet());
        var changed = new HashSet<>(after.keySet());
        changed.removeIf(id -> {
            var was = before.get(id);
            var is = after.get(id);
            return was == null || is == null || was.same(is);
        });
        LOG.info(
                "credentials reloaded: {} added, {} removed, {} changed", added.size(), removed.size(), changed.size());
        if (added.isEmpty() && removed.isEmpty() && changed.isEmpty()) {
            return;
        }
        audit.note(AuditEntry.of(AuditEvent.TOKEN_CHANGE)
                .withOutcome(Json.tree("taken"))
                .with("added", names(after, added))
                .with("removed", names(before, removed))
                .with("changed", names(after, changed)));
        alive = aliveNow();
        if (!removed.isEmpty() || !changed.isEmpty()) {
            weakened.run();
        }
    }

    private void expire() {
        var now = aliveNow();
        var expired = new HashSet<>(alive);
        expired.removeAll(now);
        alive = now;
        if (!expired.isEmpty()) {
            audit.note(AuditEntry.of(AuditEvent.TOKEN_CHANGE)
                    .withOutcome(Json.tree("expired"))
                    .with("expired", names(credentials.entries(), expired)));
            weakened.run();
        }
    }

    private Set<String> aliveNow() {
        var ids = new HashSet<String>();
        credentials.entries().forEach((id, entry) -> {
            if (credentials.live(entry)) {
                ids.add(id);
            }
        });
        return ids;
    }

    private static Set<String> without(Map<String, Credentials.Entry> entries, Set<String> ids) {
        var rest = new HashSet<>(entries.keySet());
        rest.removeAll(ids);
        return rest;
    }

    private static JsonNode names(Map<String, Credentials.Entry> entries, Set<String> ids) {
        var list = Json.array();
        entries.forEach((id, entry) -> {
            if (ids.contains(id)) {
                list.add(Json.object()
                        .put("credential", id)
                        .put("caller", entry.principal().caller()));
            }
        });
        return list;
    }

    /** Looks no more. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
