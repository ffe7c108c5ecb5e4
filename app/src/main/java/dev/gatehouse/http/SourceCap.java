package dev.gatehouse.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections one address may have open, so that it does not take the places of all others (threats.md T12.1). It holds
 * an entry only for addresses that have one.
 */
final class SourceCap {
    private final int most;
    private final Set<String> exempt;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * A cap under which nobody is connected yet.
     *
     * @param exempt addresses that speak for many, such as that of a proxy
     */
    SourceCap(int most, Set<String> exempt) {
        this.most = most;
        this.exempt = Set.copyOf(exempt);
    }

    /** Counts one more connection; false if the address has as many as it may, and then nothing is counted. */
    boolean enter(String address) {
        if (exempt.contains(address)) {
            return true;
        }
        var counted = new boolean[1];
        open.compute(address, (who, before) -> {
            var now = before == null ? 1 : before + 1;
            counted[0] = now <= most;
            return counted[0] ? Integer.valueOf(now) : before;
        });
        return counted[0];
    }

    /** Counts one less; only after {@link #enter} said yes. */
    void leave(String address) {
        if (!exempt.contains(address)) {
            open.computeIfPresent(address, (who, before) -> before == 1 ? null : before - 1);
        }
    }

    /** How many addresses are counted. */
    int sources() {
        return open.size();
    }
}
