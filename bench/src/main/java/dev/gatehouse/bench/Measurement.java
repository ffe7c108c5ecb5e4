package dev.gatehouse.bench;

import java.util.List;

/** One scenario with everything it needs and everything it compares with. */
interface Measurement {
    /** How the command line calls it. */
    String name();

    /** Measures, and leaves nothing running. */
    List<Row> measure(Site site, Effort effort) throws Exception;
}
