package dev.gatehouse.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file that grows at its end: the seam at which tests tear, stall and fill the disk. One thread uses it. */
public interface AppendFile extends Closeable {
    /** Writes all remaining bytes at the end. After an error any prefix of them may be in the file. */
    void append(ByteBuffer bytes) throws IOException;

    /** Returns when everything appended would survive power loss. */
    void force() throws IOException;

    long size() throws IOException;

    /** Cuts the file back to the given length. */
    void truncate(long size) throws IOException;
}
