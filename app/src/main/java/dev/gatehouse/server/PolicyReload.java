package dev.gatehouse.server;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the operator's policy in force as the file is now (dispatcher.md 6.3). */
final class PolicyReload {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReload.class);

    private final PolicyFile file;
    private final AgreedTools tools;
    private final AuditLog audit;
    private final Runnable changed;

    /**
     * The reload of one server.
     *
     * @param changed is run after another policy came into force
     */
    PolicyReload(PolicyFile file, AgreedTools tools, AuditLog audit, Runnable changed) {
        this.file = file;
        this.tools = tools;
        this.audit = audit;
        this.changed = changed;
    }

    /** Reads the file again; one that cannot be used changes nothing. */
    synchronized void run() {
        try {
            var before = file.get();
            var now = file.read();
            tools.check(now);
            if (now.equals(before)) {
                return;
            }
            file.take(now);
            audit.note(AuditEntry.of(AuditEvent.POLICY_CHANGE)
                    .with("before", Json.tree(before.sha256()))
                    .with("after", Json.tree(now.sha256())));
            LOG.info("policy reloaded; a running task keeps its own where that is stricter");
            changed.run();
        } catch (ConfigException | StartFailure e) {
            LOG.error("the policy cannot be used, so it stays as it was: {}", e.getMessage());
        }
    }
}
