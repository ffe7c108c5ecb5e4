package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The checkout that is measured, and the Java it is measured with. */
record Site(Path root, Path java) {
    /** The checkout around the working directory, or the one {@code gatehouse.root} names. */
    static Site here() {
        var named = System.getProperty("gatehouse.root");
        var at = named == null ? Path.of("").toAbsolutePath() : Path.of(named).toAbsolutePath();
        while (at != null && !Files.isExecutable(at.resolve("gatehouse"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("not inside a checkout of Gatehouse");
        }
        return new Site(at, Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    /** Whether there is a jar to start. */
    boolean built() {
        return Files.isRegularFile(root.resolve("app/target/gatehouse.jar"))
                && Files.isDirectory(root.resolve("app/target/lib"));
    }

    /** A command of the program, through its launcher, so that it runs with the options users get. */
    ProcessBuilder gatehouse(String... arguments) {
        var command =
                new java.util.ArrayList<>(List.of(root.resolve("gatehouse").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        clean(builder.environment());
        builder.environment()
                .put("GATEHOUSE_JAVA_HOME", java.resolve("../..").normalize().toString());
        return builder;
    }

    /** Another main class of this module, with the options of a server. */
    ProcessBuilder scenario(Class<?> main, String... arguments) {
        var command = new java.util.ArrayList<>(List.of(
                java.toString(),
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmx256m",
                "-Djdk.virtualThreadScheduler.parallelism=16",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** A directory of its own on the disk of the checkout, which is what the disk measurements are about. */
    Scratch scratch() throws IOException {
        return Scratch.under(root.resolve("bench/target"), root.resolve("examples/sim-arm"));
    }

    /** Nothing the person at the keyboard has set may change what is measured. */
    private static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_") || name.startsWith("ROBOT_MD_"));
    }
}
