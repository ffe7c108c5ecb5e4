package dev.gatehouse.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a log, oldest first, each named after the number of its first record (dispatcher.md section 14). */
final class Segments {
    private static final Pattern NAME = Pattern.compile("audit-([1-9][0-9]{0,15})\\.ndjson");

    private Segments() {}

    /** One file of the log. */
    record Segment(Path file, long first) {
        String name() {
            return String.valueOf(file.getFileName());
        }
    }

    /** All segments of a directory in order of their numbers; other files are not part of the log. */
    static List<Segment> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.flatMap(file -> {
                        var name = NAME.matcher(String.valueOf(file.getFileName()));
                        return name.matches()
                                ? Stream.of(new Segment(file, Long.parseLong(name.group(1))))
                                : Stream.empty();
                    })
                    .sorted(Comparator.comparingLong(Segment::first))
                    .toList();
        }
    }

    static Segment starting(Path directory, long seq) {
        return new Segment(directory.resolve("audit-" + seq + ".ndjson"), seq);
    }
}
