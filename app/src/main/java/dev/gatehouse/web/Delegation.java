package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * For whom an order is: {@code on_behalf_of} of a body, the name of a caller, or up to three names, nearest first, where each acts for
 * the next (D2.2).
 */
final class Delegation {
    private static final int MOST_HOPS = 3;
    private static final int LONGEST_NAME = 64;

    private final Supplier<Credentials> credentials;

    Delegation(Supplier<Credentials> credentials) {
        this.credentials = credentials;
    }

    /**
     * Makes the caller of a request who it is while it acts for others; nothing changes where a body names nobody.
     *
     * @throws RefusedException if the member is malformed, or somebody in the chain may not act for the next
     */
    void apply(Exchange exchange) throws RefusedException {
        var member = exchange.body().get("on_behalf_of");
        if (member == null) {
            return;
        }
        var acting = credentials
                .get()
                .represent(exchange.principal(), callers(member))
                .orElseThrow(() -> new RefusedException(
                        Refusal.Code.ROLE_REQUIRED,
                        "on_behalf_of needs a credential whose may_act_for names that caller, at every hop"));
        exchange.authenticated(acting);
    }

    private static List<String> callers(JsonNode member) throws RefusedException {
        var names = new ArrayList<String>();
        var well = member.isString() || (member.isArray() && !member.isEmpty() && member.size() <= MOST_HOPS);
        for (var name : member.isArray() ? member : List.of(member)) {
            well &= name.isString() && !name.stringValue().isBlank();
            names.add(name.asString(""));
        }
        if (!well || names.stream().anyMatch(name -> name.length() > LONGEST_NAME)) {
            var rule = "must be the name of a caller, or a list of 1 to " + MOST_HOPS + " of them, nearest first";
            throw new RefusedException(Refusal.fields(
                    Refusal.Code.INVALID_REQUEST,
                    "on_behalf_of " + rule,
                    List.of(new Refusal.FieldError("on_behalf_of", rule, "type"))));
        }
        return names;
    }
}
