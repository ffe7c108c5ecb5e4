package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Plan;
import java.util.List;

/** A motion on paper. */
sealed interface Draft {
    /**
     * It keeps every limit.
     *
     * @param done what to say when it is done
     */
    record Route(List<Segment> segments, List<String> warnings, String done) implements Draft {
        public Route {
            segments = List.copyOf(segments);
            warnings = List.copyOf(warnings);
        }
    }

    /** It is refused. */
    record Refused(Plan.Infeasible why) implements Draft {}

    static Draft refuse(String reason, String message) {
        return new Refused(new Plan.Infeasible(reason, message));
    }
}
