package dev.gatehouse.agent.rehearsal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Counts how often a request has met a fault that happens only some times.
 *
 * <p>This is the only thing the endpoint remembers between requests. It is keyed by the digest of the request, and forgotten as
 * soon as the request is answered, so that the same Task run again meets the same faults.
 */
final class Attempts {
    private final Map<String, Integer> faultsMet = new HashMap<>();

    /** The fault a request meets this time; empty when it has met it often enough. */
    synchronized Optional<Fault> meet(String digest, Optional<Fault> fault) {
        var times = fault.map(Fault::times).orElse(OptionalInt.empty());
        if (times.isEmpty()) {
            return fault;
        }
        var met = faultsMet.merge(digest, 1, Integer::sum);
        if (met <= times.getAsInt()) {
            return fault;
        }
        faultsMet.remove(digest);
        return Optional.empty();
    }
}
