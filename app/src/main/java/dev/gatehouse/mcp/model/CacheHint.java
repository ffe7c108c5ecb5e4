package dev.gatehouse.mcp.model;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long a client may keep a result; always for itself alone, because what is shown may depend on the credential.
 *
 * @param fresh zero if the next answer may differ already
 */
record CacheHint(Duration fresh) {
    /** Lists do not change while a server runs. */
    static final CacheHint LIST = new CacheHint(Duration.ofMinutes(5));

    /** Contents are read afresh every time. */
    static final CacheHint CONTENT = new CacheHint(Duration.ZERO);

    ObjectNode into(ObjectNode result, Revision revision) {
        return revision.stateless() ? result.put("ttlMs", fresh.toMillis()).put("cacheScope", "private") : result;
    }
}
