package dev.gatehouse.tool;

import dev.gatehouse.robot.Probe;
import java.util.List;

/** One step of a survey (robot-md.md 10.12). */
public sealed interface SurveyStep {
    /** The name of the step in arguments and results. */
    String word();

    /** Takes a picture. */
    record Capture() implements SurveyStep {
        @Override
        public String word() {
            return "capture";
        }
    }

    /** Looks for declared objects. */
    record Detect(List<String> descriptors) implements SurveyStep {
        public Detect {
            descriptors = List.copyOf(descriptors);
        }

        @Override
        public String word() {
            return "detect";
        }
    }

    /** Turns a joint a little and back; the only step that moves. */
    record Turn(Probe probe) implements SurveyStep {
        @Override
        public String word() {
            return "probe_direction";
        }
    }
}
