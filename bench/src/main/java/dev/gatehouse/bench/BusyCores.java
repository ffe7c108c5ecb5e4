package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that do nothing but compute, one for each core. */
final class BusyCores implements AutoCloseable {
    private final List<Process> hogs = new ArrayList<>();

    static BusyCores start() throws IOException {
        var busy = new BusyCores();
        for (var i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            busy.hogs.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
        return busy;
    }

    @Override
    public void close() {
        hogs.forEach(Process::destroyForcibly);
    }
}
