package dev.gatehouse.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * What the service manager and the terminal tell a running server.
 *
 * <p>{@code sun.misc.Signal} of module {@code jdk.unsupported} is the JDK's only way to SIGHUP. It is reached by
 * reflection because the compiler's warning about it cannot be silenced in a build that treats warnings as errors.
 */
final class Signals {
    private Signals() {}

    /** Waits for SIGTERM or SIGINT; SIGHUP runs the given action meanwhile. */
    static void awaitEnd(Runnable onHangUp) throws InterruptedException {
        var end = new CountDownLatch(1);
        handle("TERM", end::countDown);
        handle("INT", end::countDown);
        handle("HUP", onHangUp);
        end.await();
    }

    private static void handle(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            var _ = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
    }
}
