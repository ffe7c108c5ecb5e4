package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that do nothing but compute, one for each core. */
final class BusyCores implements AutoCloseable {
    /** They look now and then whether who started them still lives, so that none is left behind. */
    private static final String HOG =
            "while kill -0 \"$0\" 2>/dev/null; do i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; done";

    private final List<Process> hogs = new ArrayList<>();

    static BusyCores start() throws IOException {
        var busy = new BusyCores();
        var self = Long.toString(ProcessHandle.current().pid());
        for (var i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            busy.hogs.add(new ProcessBuilder("sh", "-c", HOG, self).start());
        }
        return busy;
    }

    @Override
    public void close() {
        hogs.forEach(Process::destroyForcibly);
    }
}
