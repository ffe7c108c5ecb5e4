package dev.gatehouse.tool;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
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
 * @param stepTokens the same for the steps of a plan, by their number from 0
 * @param planStep {@code <plan>#<number>} of a step of a plan; empty for a call by itself
 */
public record ToolCall(
        String id,
        String tool,
        ObjectNode arguments,
        Optional<Secret> confirmToken,
        Map<Integer, Secret> stepTokens,
        String planStep) {
    /** Shows that a person agreed to a direct call. */
    public static final String CONFIRM_TOKEN = "confirm_token";

    /** The same for single steps of a plan (robot-md.md 10.9). */
    public static final String STEP_TOKENS = "step_tokens";

    /** {@link #argumentsSha256()} of arguments that have no canonical form. */
    public static final String NO_DIGEST = "none";

    private static final List<String> TOKEN_MEMBERS = List.of(CONFIRM_TOKEN, STEP_TOKENS);
    private static final Pattern STEP_NUMBER = Pattern.compile("0|[1-9][0-9]?");

    public ToolCall {
        arguments = arguments.deepCopy().remove(TOKEN_MEMBERS);
        stepTokens = Map.copyOf(stepTokens);
    }

    /** The call that these arguments ask for, with what they carry set apart. */
    public ToolCall(String id, String tool, ObjectNode arguments) {
        this(
                id,
                tool,
                arguments,
                arguments.optional(CONFIRM_TOKEN).map(token -> Secret.of(token.asString(""))),
                stepTokens(arguments.path(STEP_TOKENS)),
                "");
    }

    /** Whatever is no number of a step opens nothing, so it need not be refused. */
    private static Map<Integer, Secret> stepTokens(JsonNode carried) {
        var tokens = new HashMap<Integer, Secret>();
        carried.properties().stream()
                .filter(member -> STEP_NUMBER.matcher(member.getKey()).matches())
                .forEach(member -> tokens.put(
                        Integer.parseInt(member.getKey()),
                        Secret.of(member.getValue().asString(""))));
        return tokens;
    }

    /** A step of a plan that this call carries out: a call of its own, whose id tells where it belongs. */
    public ToolCall step(Steps.Step step, Optional<Secret> token) {
        return new ToolCall(
                id + "." + step.number(),
                step.tool(),
                step.arguments(),
                token,
                Map.of(),
                step.plan() + "#" + step.number());
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
