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

    /**
     * Waits for SIGTERM or SIGINT; SIGHUP runs the given action meanwhile.
     *
     * @param ready is run once all three are heard
     */
    static void awaitEnd(Runnable onHangUp, Runnable ready) throws InterruptedException {
        var end = new CountDownLatch(1);
        var _ = handle("TERM", end::countDown);
        var _ = handle("INT", end::countDown);
        var _ = handle("HUP", onHangUp);
        ready.run();
        end.await();
    }

    /**
     * Runs an action, on a thread of its own, whenever this process gets the signal.
     *
     * @return to be closed when what was before should hold again
     */
    static Restored handle(String name, Runnable action) {
        try {
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            var before = handle(handler, name, proxy);
            return () -> {
                try {
                    var _ = handle(handler, name, before);
                } catch (ReflectiveOperationException e) {
                    throw noSignals(e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw noSignals(e);
        }
    }

    /** What a signal did before it was taken over. */
    interface Restored extends AutoCloseable {
        @Override
        void close();
    }

    private static Object handle(Class<?> handler, String name, Object by) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), by);
    }

    private static IllegalStateException noSignals(ReflectiveOperationException cause) {
        return new IllegalStateException("this Java has no signals", cause);
    }
}
