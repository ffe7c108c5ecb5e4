package dev.gatehouse.robotmd;

import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The plans that were shown and can still be carried out, each by the caller it was made for (robot-md.md 10.9). */
final class KeptPlans {
    /** As long as a question about a step can be answered and the answer be carried back. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MOST = 256;

    private final Ticker ticker;
    private final Map<Key, Kept> plans = new LinkedHashMap<>();

    KeptPlans(Ticker ticker) {
        this.ticker = ticker;
    }

    private record Key(String caller, String id) {}

    private record Kept(Plan plan, Deadline until) {}

    /** Keeps a plan; where there are too many, the oldest goes. */
    synchronized void keep(String caller, Plan plan) {
        var key = new Key(caller, plan.id());
        plans.remove(key);
        plans.put(key, new Kept(plan, Deadline.in(LIFE, ticker)));
        plans.values().removeIf(kept -> kept.until().passed());
        if (plans.size() > MOST) {
            plans.remove(plans.keySet().iterator().next());
        }
    }

    /** The plan, if it is this caller's and not too old. */
    synchronized Optional<Plan> find(String caller, String id) {
        return Optional.ofNullable(plans.get(new Key(caller, id)))
                .filter(kept -> !kept.until().passed())
                .map(Kept::plan);
    }
}
