package dev.gatehouse.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the service's unit lets Java start at all (D17.1). */
final class UnitChecks {
    private static final String CHECK = "unit";
    private static final String UNIT = "gatehouse.service";
    private static final Pattern DENIED = Pattern.compile("\\s*MemoryDenyWriteExecute\\s*=\\s*(.*?)\\s*");
    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");

    private UnitChecks() {}

    /** Looks at the unit and at the files that are laid over it, which is where hardening guides put the setting. */
    static Finding of(List<Path> directories) {
        var unit = directories.stream()
                .map(directory -> directory.resolve(UNIT))
                .filter(Files::isRegularFile)
                .findFirst();
        if (unit.isEmpty()) {
            return Finding.ok(CHECK, "not installed as a service");
        }
        try {
            Optional<Path> denying = Optional.empty();
            for (var file : files(unit.get(), directories)) {
                for (var line : Files.readAllLines(file)) {
                    var setting = DENIED.matcher(line);
                    if (setting.matches()) {
                        denying = YES.contains(setting.group(1)) ? Optional.of(file) : Optional.empty();
                    }
                }
            }
            return denying.map(UnitChecks::denied)
                    .orElseGet(() -> Finding.ok(CHECK, unit.get().toString()));
        } catch (IOException e) {
            return Finding.warning(CHECK, unit.get() + " cannot be read", "run this as a user who may read it");
        }
    }

    private static Finding denied(Path file) {
        return Finding.problem(
                CHECK,
                file + " sets MemoryDenyWriteExecute, under which no Java starts",
                "take that line out, then: systemctl daemon-reload");
    }

    /** In the order in which a later one wins. */
    private static List<Path> files(Path unit, List<Path> directories) throws IOException {
        var over = new ArrayList<Path>();
        for (var directory : directories) {
            var holder = directory.resolve(UNIT + ".d");
            if (Files.isDirectory(holder)) {
                try (var files = Files.newDirectoryStream(holder, "*.conf")) {
                    files.forEach(over::add);
                }
            }
        }
        over.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
        over.addFirst(unit);
        return over;
    }
}
