package dev.gatehouse.broken;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** The classes of the program that come out differently when some of its lines are others. */
public final class BrokenBuild {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "gatehouse");

    private final Path directory;

    private BrokenBuild(Path directory) {
        this.directory = directory;
    }

    /** Makes the build in a directory of its own. */
    public static BrokenBuild of(List<Edit> edits, Path directory) throws IOException {
        var sources = Files.createDirectories(directory.resolve("source"));
        var changed = new LinkedHashMap<String, String>();
        for (var edit : edits) {
            var text = changed.containsKey(edit.file())
                    ? changed.get(edit.file())
                    : Files.readString(SOURCES.resolve(edit.file()));
            changed.put(edit.file(), edit.apply(text));
        }
        for (var file : changed.entrySet()) {
            var path = sources.resolve("dev/gatehouse").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        var build = new BrokenBuild(directory);
        build.compile(changed);
        return build;
    }

    private void compile(Map<String, String> changed) throws IOException {
        var paths = changed.keySet().stream()
                .map(file -> directory.resolve("source/dev/gatehouse").resolve(file))
                .toList();
        var classes = Files.createDirectories(directory.resolve("classes"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            var done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }

    /** The class path of the tests with the broken classes in front. */
    public String classPath() {
        return directory.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
    }
}
