package dev.gatehouse.torture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The disk and the clock under a process, with a hand on both; {@code src/test/c/fault.c} is the other half. */
final class FaultyHost {
    /** How the disk answers. */
    enum Disk {
        SOUND(0),
        FULL(1),
        BROKEN(2),
        READ_ONLY(3),
        STALLED(4);

        private final int mode;

        Disk(int mode) {
            this.mode = mode;
        }
    }

    private static final Path SOURCE = Path.of("src", "test", "c", "fault.c");
    private static final int MEMBERS = 8;
    private static final int MODE = 0;
    private static final int KILL_AFTER = 1;
    private static final int TORN = 2;
    private static final int CLOCK = 3;
    private static final int BOUNDARIES = 4;

    private final Path library;
    private final Path control;
    private final LongBuffer members;

    private FaultyHost(Path library, Path control, LongBuffer members) {
        this.library = library;
        this.control = control;
        this.members = members;
    }

    /** Whether this machine can build one: Linux, and a C compiler. */
    static boolean possible() {
        return Files.isExecutable(Path.of("/usr/bin/cc")) && Files.isDirectory(Path.of("/proc/self/fd"));
    }

    /** Builds one in a directory. */
    static FaultyHost in(Path directory) throws IOException, InterruptedException {
        var library = directory.resolve("fault.so");
        var compiler = new ProcessBuilder(
                        "/usr/bin/cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl")
                .inheritIO()
                .start();
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new IOException("fault.c does not compile");
        }
        var control = directory.resolve("control");
        Files.write(control, new byte[MEMBERS * Long.BYTES]);
        try (var channel = FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) MEMBERS * Long.BYTES);
            return new FaultyHost(
                    library, control, mapped.order(ByteOrder.nativeOrder()).asLongBuffer());
        }
    }

    /** What a process needs in its environment to live here. */
    Map<String, String> environment(Path below, Path trace) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "GATEHOUSE_FAULT_DIR", below.toString(),
                "GATEHOUSE_FAULT_CONTROL", control.toString(),
                "GATEHOUSE_FAULT_TRACE", trace.toString());
    }

    void disk(Disk disk) {
        members.put(MODE, disk.mode);
    }

    /** The process dies at this write or sync from now; {@code torn}: half of what it wrote still arrives. */
    void killAt(int boundary, boolean torn) {
        members.put(TORN, torn ? 1 : 0);
        members.put(KILL_AFTER, boundary);
    }

    void moveClock(Duration by) {
        members.put(CLOCK, by.toMillis());
    }

    /** Writes and syncs of all processes that lived here. */
    long boundaries() {
        return members.get(BOUNDARIES);
    }

    /** Everything as it should be. */
    void heal() {
        for (var member : List.of(KILL_AFTER, TORN, CLOCK, MODE)) {
            members.put(member, 0);
        }
    }
}
