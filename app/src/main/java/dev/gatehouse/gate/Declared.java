package dev.gatehouse.gate;

import dev.gatehouse.manifest.HitlGates;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.robot.Envelope;
import java.util.Set;

/** What the robot's manifest says at this moment. */
public sealed interface Declared {
    /** Hash of the file, or empty if there is none to speak of. */
    String sha256();

    /** There is a manifest and it parses. */
    record Present(Manifest manifest, boolean valid, Set<String> capabilities, HitlGates gates, Envelope envelope)
            implements Declared {
        @Override
        public String sha256() {
            return manifest.sha256();
        }
    }

    /** It is gone, or does not parse. */
    record Absent(Unreadable why) implements Declared {
        @Override
        public String sha256() {
            return "";
        }
    }
}
