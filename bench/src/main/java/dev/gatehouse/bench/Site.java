package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The checkout that is measured, and the Java it is measured with. */
record Site(Path root, Path java) {
    private static final Pattern SERVER_OPTIONS = Pattern.compile("server\\)[^']*'([^']+)'");

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
        var command = new ArrayList<>(List.of(root.resolve("gatehouse").toString()));
        command.addAll(List.of(arguments));
        return environment(new ProcessBuilder(command));
    }

    private ProcessBuilder environment(ProcessBuilder builder) {
        clean(builder.environment());
        builder.environment()
                .put("GATEHOUSE_JAVA_HOME", java.resolve("../..").normalize().toString());
        return builder;
    }

    /**
     * A command of an installed program: laid out and prepared in a directory as {@code make install} does it.
     *
     * @throws IOException if it cannot be laid out
     */
    ProcessBuilder installed(Path directory, String... arguments) throws IOException, InterruptedException {
        for (var step : List.of("assemble", "archive-classes")) {
            var builder =
                    new ProcessBuilder(root.resolve("packaging").resolve(step).toString(), directory.toString());
            environment(builder);
            if (builder.inheritIO().start().waitFor() != 0) {
                throw new IOException("packaging/" + step + " failed");
            }
        }
        var command = new ArrayList<>(List.of(directory.resolve("bin/gatehouse").toString()));
        command.addAll(List.of(arguments));
        return environment(new ProcessBuilder(command));
    }

    /** The peer: a server of the official TypeScript library, where {@code peers/install} has put it and a Node. */
    Optional<ProcessBuilder> nodeServer(String manifest) throws IOException {
        var modules = root.resolve("peers/node_modules");
        if (!Files.isDirectory(modules.resolve("@modelcontextprotocol/sdk"))) {
            return Optional.empty();
        }
        try (var found = Files.walk(modules, 3)) {
            return found.filter(path -> path.endsWith("bin/node") && Files.isExecutable(path))
                    .findFirst()
                    .map(node -> new ProcessBuilder(
                            node.toString(),
                            root.resolve("peers/server-v1.mjs").toString(),
                            manifest,
                            root.resolve("app/src/main/resources/dev/gatehouse/manifest/robot.schema.json")
                                    .toString()));
        }
    }

    /** Another main class of this module, with the options of a server. */
    ProcessBuilder scenario(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(java.toString(), "-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(serverOptions());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** What the launcher gives a server; read from it, so that the two cannot differ. */
    private List<String> serverOptions() throws IOException {
        var options = SERVER_OPTIONS.matcher(Files.readString(root.resolve("gatehouse")));
        if (!options.find()) {
            throw new IOException("the launcher has no options for serve any more");
        }
        return List.of(options.group(1).split("\\s+", -1));
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
