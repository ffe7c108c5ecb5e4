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
        var _ = handle("TERM", end::countDown);
        var _ = handle("INT", end::countDown);
        var _ = handle("HUP", onHangUp);
        end.await();
    }

    /** Runs an action at every Ctrl-C instead of ending; closing what is returned brings back what was before. */
    static Restored onInterrupt(Runnable action) {
        var before = handle("INT", action);
        return () -> install("INT", before);
    }

    /** What a signal did before it was taken over. */
    interface Restored extends AutoCloseable {
        @Override
        void close();
    }

    private static Object handle(String name, Runnable action) {
        try {
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            return install(name, proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
    }

    /** Gives the handler that was there before. */
    private static Object install(String name, Object handler) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
    }
}
