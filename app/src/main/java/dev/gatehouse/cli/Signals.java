package dev.gatehouse.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/** What the service manager and the terminal tell a running server. The JDK has no other interface to signals. */
@SuppressWarnings("sunapi")
final class Signals {
    private Signals() {}

    /** Waits for SIGTERM or SIGINT; SIGHUP runs the given action meanwhile. */
    static void awaitEnd(Runnable onHangUp) throws InterruptedException {
        var end = new CountDownLatch(1);
        Signal.handle(new Signal("TERM"), signal -> end.countDown());
        Signal.handle(new Signal("INT"), signal -> end.countDown());
        Signal.handle(new Signal("HUP"), signal -> onHangUp.run());
        end.await();
    }
}
