package dev.gatehouse.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether somebody else can change what the server runs by: its program, its settings, its policy, its prices (T23.1). */
final class FileModes {
    private static final String CHECK = "modes";

    private FileModes() {}

    static Finding of(Subject subject) {
        var files = Stream.of(
                        subject.program().map(FileModes::resolved),
                        subject.program().map(program -> resolved(program).getParent()),
                        subject.envFile(),
                        subject.policy(),
                        subject.prices())
                .flatMap(Optional::stream)
                .filter(Objects::nonNull)
                .filter(Files::exists)
                .toList();
        for (var file : files) {
            try {
                var mode = Files.getPosixFilePermissions(file);
                if (mode.contains(PosixFilePermission.OTHERS_WRITE) || mode.contains(PosixFilePermission.GROUP_WRITE)) {
                    return Finding.problem(CHECK, file + ": others can change it", "chmod go-w " + file);
                }
            } catch (IOException | UnsupportedOperationException e) {
                return Finding.warning(CHECK, file + ": its mode cannot be told", "run this as a user who may look");
            }
        }
        return Finding.ok(CHECK, "nobody else can change the program or its settings");
    }

    private static Path resolved(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }
}
