package dev.gatehouse.torture;

import dev.gatehouse.robot.Driver;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A driver whose every motion is noted, between what reached the disk before it and what reached it after. */
final class Witness {
    static final String MOTION = "M";

    private Witness() {}

    static Driver of(Driver driver, Path trace) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (self, method, arguments) -> {
                    if (method.getName().equals("execute")) {
                        note(trace);
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void note(Path trace) throws IOException {
        Files.write(trace, (MOTION + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
    }
}
