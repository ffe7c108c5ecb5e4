package dev.gatehouse.robot;

import java.io.IOException;

/** A record that must be on disk before what it tells of may happen. */
@FunctionalInterface
public interface DurableRecord {
    /**
     * Returns when the record is durable.
     *
     * @throws IOException if it is not
     */
    void write() throws IOException;
}
