package dev.gatehouse.server;

import dev.gatehouse.json.CanonicalJson;
import java.nio.charset.StandardCharsets;

/** The credentials of a test server, one for each right. Tokens have the form of real ones. */
public enum Who {
    READER("tier: read"),
    ACTUATOR("tier: actuate"),
    /** Another caller with the same right. */
    OTHER("tier: actuate"),
    /** May see tool results in streams. */
    WATCHER("tier: read, stream: full"),
    /** A button: the stop is implied by every credential. */
    BUTTON("tier: none"),
    APPROVER("tier: none, roles: [approve]"),
    CLEARER("tier: none, roles: [clear]"),
    ADMIN("tier: none, roles: [admin]"),
    /** A person in front of the console, who may do everything but order motions. */
    OPERATOR("tier: read, roles: [approve, clear, admin]"),
    EXPIRED("tier: actuate, expires: 2020-01-01T00:00:00Z"),
    /** A caller with every cap. */
    CAPPED("tier: read, limits: {max_budget_usd: 1.0, max_turns: 5, max_tasks: 1}");

    private final String rights;

    Who(String rights) {
        this.rights = rights;
    }

    String caller() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String token() {
        return (caller() + "-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG").substring(0, 43);
    }

    /** Its line of a credentials file. */
    String entry() {
        var hash = CanonicalJson.sha256(token().getBytes(StandardCharsets.UTF_8));
        return "- {caller: %s, token_sha256: \"%s\", %s}%n".formatted(caller(), hash, rights);
    }

    /** A credentials file with all of them. */
    static String file() {
        var text = new StringBuilder();
        for (var who : values()) {
            text.append(who.entry());
        }
        return text.toString();
    }
}
