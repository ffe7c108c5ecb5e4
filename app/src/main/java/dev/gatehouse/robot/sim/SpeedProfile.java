package dev.gatehouse.robot.sim;

/** A trapezoid of speed over the largest turn of a segment: speed up, cruise, slow down; no joint ever exceeds the cruise speed. */
record SpeedProfile(double turnDeg, double speedDps) {
    /** Seconds to reach the cruise speed. */
    private static final double RAMP = 0.15;

    /** Seconds that the turn takes. */
    double duration() {
        return turnDeg == 0 ? 0 : cruises() ? turnDeg / speedDps + RAMP : 2 * Math.sqrt(turnDeg / acceleration());
    }

    /** Share of the turn that is done after the given seconds, 0 to 1. */
    double share(double seconds) {
        var total = duration();
        if (seconds >= total) {
            return 1;
        }
        var ramp = cruises() ? RAMP : total / 2;
        var done = seconds < ramp
                ? acceleration() * seconds * seconds / 2
                : seconds <= total - ramp
                        ? acceleration() * ramp * (seconds - ramp / 2)
                        : turnDeg - acceleration() * (total - seconds) * (total - seconds) / 2;
        return Math.clamp(done / turnDeg, 0, 1);
    }

    private boolean cruises() {
        return turnDeg >= speedDps * RAMP;
    }

    private double acceleration() {
        return speedDps / RAMP;
    }
}
