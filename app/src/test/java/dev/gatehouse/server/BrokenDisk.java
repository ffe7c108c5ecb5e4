package dev.gatehouse.server;

import dev.gatehouse.audit.AppendFile;
import dev.gatehouse.audit.AuditDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A real disk that a test fills or stalls. */
final class BrokenDisk implements AuditDisk {
    private final AuditDisk disk = AuditDisk.real();
    private volatile boolean full;
    private volatile CountDownLatch stall = new CountDownLatch(0);

    void fill() {
        full = true;
    }

    /** From now on writing waits for {@link #heal()}. */
    void stall() {
        stall = new CountDownLatch(1);
    }

    void heal() {
        full = false;
        stall.countDown();
    }

    private void check() throws IOException {
        try {
            stall.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        var real = disk.open(file);
        return new AppendFile() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                check();
                real.append(bytes);
            }

            @Override
            public void force() throws IOException {
                check();
                real.force();
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        check();
        disk.replace(file, content);
    }
}
