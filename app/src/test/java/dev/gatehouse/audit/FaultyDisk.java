package dev.gatehouse.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real disk that fails where a test says: full, failing, stalled. */
public final class FaultyDisk implements AuditDisk {
    /** What happens at the next call and all after it, until it is set back. */
    enum Fault {
        NONE,
        /** Half of the bytes arrive, then the disk is full. */
        FULL,
        /** The data arrives, the force reports an error. */
        FORCE,
        /** Nothing works, not even opening, as on a file system that was remounted read-only. */
        READ_ONLY,
        /** As FULL, and the half cannot be cut off again. */
        TORN
    }

    final AtomicInteger forces = new AtomicInteger();
    final BlockingQueue<String> replaced = new LinkedBlockingQueue<>();
    volatile Fault fault = Fault.NONE;
    private volatile Stall force = Stall.none();
    private volatile Stall replace = Stall.none();
    private volatile boolean hurrying;
    private final AuditDisk disk = AuditDisk.real();

    /** From now on nothing more fits on it. */
    public void fill() {
        fault = Fault.FULL;
    }

    /** From now on nothing gets through to the platter until {@link #heal()}, but nothing fails either. */
    public void stall() {
        stallForce();
        stallReplace();
    }

    /** Ends every fault and every stall. */
    public void heal() {
        fault = Fault.NONE;
        force.release();
        replace.release();
    }

    /** From now on it does not wait for the platter, so that many rounds take little time. */
    public void hurry() {
        hurrying = true;
    }

    /** Lets the next force, and all after it, wait until the stall is released. */
    Stall stallForce() {
        force = new Stall(new CountDownLatch(1), new CountDownLatch(1));
        return force;
    }

    Stall stallReplace() {
        replace = new Stall(new CountDownLatch(1), new CountDownLatch(1));
        return replace;
    }

    /** A barrier one can see being reached. */
    record Stall(CountDownLatch reached, CountDownLatch released) {
        static Stall none() {
            return new Stall(new CountDownLatch(0), new CountDownLatch(0));
        }

        void awaitReached() throws InterruptedException {
            if (!reached.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the disk was not asked");
            }
        }

        void release() {
            released.countDown();
        }

        private void pass() {
            reached.countDown();
            try {
                if (!released.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("never released");
                }
            } catch (InterruptedException e) {
                throw new AssertionError("the disk's thread was interrupted", e);
            }
        }
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        if (fault == Fault.READ_ONLY) {
            throw new IOException("Read-only file system");
        }
        var real = disk.open(file);
        return new AppendFile() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                switch (fault) {
                    case NONE, FORCE -> real.append(bytes);
                    case READ_ONLY -> throw new IOException("Read-only file system");
                    case FULL, TORN -> {
                        real.append(bytes.limit(bytes.position() + bytes.remaining() / 2));
                        throw new IOException("No space left on device");
                    }
                }
            }

            @Override
            public void force() throws IOException {
                forces.incrementAndGet();
                force.pass();
                if (fault == Fault.FORCE) {
                    throw new IOException("Input/output error");
                }
                if (!hurrying) {
                    real.force();
                }
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                if (fault == Fault.TORN) {
                    throw new IOException("Input/output error");
                }
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
        replace.pass();
        if (fault != Fault.NONE) {
            throw new IOException("No space left on device");
        }
        if (!hurrying) {
            disk.replace(file, content);
        }
        replaced.add(String.valueOf(file.getFileName()));
    }
}
