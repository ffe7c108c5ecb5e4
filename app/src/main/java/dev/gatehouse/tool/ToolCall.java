package dev.gatehouse.tool;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request to use a tool, as somebody made it.
 *
 * <p>What a person carries to a call is no argument of it: the members {@value #CONFIRM_TOKEN} and {@value #STEP_TOKENS} are taken
 * out here, so that nothing that logs, records, shows or passes on arguments can ever do so with a token (dispatcher.md D6.8).
 *
 * @param id {@code cal-…}, unique for ever
 * @param tool the exact tool name, without any prefix of a surface
 * @param arguments without the token members
 * @param confirmToken what was carried, right or wrong; only the gate looks at it, and only in a direct call
 */
public record ToolCall(String id, String tool, ObjectNode arguments, Optional<Secret> confirmToken) {
    /** Shows that a person agreed to a direct call. */
    public static final String CONFIRM_TOKEN = "confirm_token";

    /** The same for single steps of a task that plans inside; nothing takes it yet. */
    public static final String STEP_TOKENS = "step_tokens";

    /** {@link #argumentsSha256()} of arguments that have no canonical form. */
    public static final String NO_DIGEST = "none";

    private static final List<String> TOKEN_MEMBERS = List.of(CONFIRM_TOKEN, STEP_TOKENS);

    public ToolCall {
        arguments = arguments.deepCopy().remove(TOKEN_MEMBERS);
    }

    /** The call that these arguments ask for, with what they carry set apart. */
    public ToolCall(String id, String tool, ObjectNode arguments) {
        this(id, tool, arguments, arguments.optional(CONFIRM_TOKEN).map(token -> Secret.of(token.asString(""))));
    }

    /** The {@code request_id} of the result, a UUID that belongs to this call (robot-md.md 10.1). */
    public String requestId() {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * Hash of the canonical arguments: what an approval is bound to and the audit names. Arguments without a canonical form
     * have {@value #NO_DIGEST}, and nobody can agree to those.
     */
    public String argumentsSha256() {
        try {
            return CanonicalJson.sha256(arguments);
        } catch (IllegalArgumentException e) {
            return NO_DIGEST;
        }
    }
}
