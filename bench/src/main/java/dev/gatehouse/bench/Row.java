package dev.gatehouse.bench;

/**
 * One line of the results.
 *
 * @param what the quantity
 * @param bar what it must not exceed; empty for information
 * @param measured what it was
 * @param comparedWith what else was measured in the same run, and the ratio where there is one
 */
record Row(String what, String bar, String measured, String comparedWith, Verdict verdict) {
    enum Verdict {
        HOLDS("yes"),
        MISSED("**no**"),
        SKIPPED("skipped"),
        INFORMATION("–");

        private final String shown;

        Verdict(String shown) {
            this.shown = shown;
        }

        String shown() {
            return shown;
        }
    }

    static Row judged(String what, String bar, String measured, String comparedWith, boolean holds) {
        return new Row(what, bar, measured, comparedWith, holds ? Verdict.HOLDS : Verdict.MISSED);
    }

    static Row information(String what, String measured, String comparedWith) {
        return new Row(what, "", measured, comparedWith, Verdict.INFORMATION);
    }

    static Row skipped(String what, String bar, String why) {
        return new Row(what, bar, "", why, Verdict.SKIPPED);
    }
}
