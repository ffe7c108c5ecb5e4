package dev.gatehouse.gate;

import dev.gatehouse.audit.AppendFile;
import dev.gatehouse.audit.AuditDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A real disk that takes nothing more once it is told to fail. */
final class FailingDisk implements AuditDisk {
    private final AuditDisk real = AuditDisk.real();
    private volatile boolean failing;
    private volatile boolean hurrying;

    void fail() {
        failing = true;
    }

    /** From now on it does not wait for the platter, so that many rounds take little time. */
    void hurry() {
        hurrying = true;
    }

    private void check() throws IOException {
        if (failing) {
            throw new IOException("no space left");
        }
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        check();
        var opened = real.open(file);
        return new AppendFile() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                check();
                opened.append(bytes);
            }

            @Override
            public void force() throws IOException {
                check();
                if (!hurrying) {
                    opened.force();
                }
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
        check();
        if (hurrying) {
            return;
        }
        real.replace(file, content);
    }
}
