package dev.gatehouse.bench;

import dev.gatehouse.audit.AppendFile;
import dev.gatehouse.audit.AuditDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The machine's disk, until it hangs: from then on nothing becomes durable and nobody who waits for it comes back. */
final class StallingDisk implements AuditDisk {
    private final AuditDisk disk = AuditDisk.real();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean stalled;

    void stall() {
        stalled = true;
    }

    /** Lets go of everybody who hangs, so that the process can end. */
    void release() {
        stalled = false;
        end.countDown();
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        var opened = disk.open(file);
        return new AppendFile() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                opened.append(bytes);
            }

            @Override
            public void force() throws IOException {
                hang();
                opened.force();
            }

            @Override
            public long size() throws IOException {
                return opened.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                opened.truncate(size);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        hang();
        disk.replace(file, content);
    }

    private void hang() throws IOException {
        try {
            if (stalled) {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
