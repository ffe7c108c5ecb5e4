package dev.gatehouse.dispatch;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.util.OSInfo;

/**
 * The native part of SQLite that is installed with the program (D17.3).
 *
 * <p>Without it the library would unpack itself into the temporary directory, which a hardened host mounts without the right to
 * execute, and which is no place to run code from on any host.
 */
final class InstalledSqlite {
    private static final String LIBRARY_PATH = "org.sqlite.lib.path";

    private InstalledSqlite() {}

    /** Points the library at it; a checkout has none, and an operator's own choice stands. */
    static void use() {
        var home = System.getProperty("gatehouse.home", "");
        if (home.isEmpty() || System.getProperty(LIBRARY_PATH) != null) {
            return;
        }
        var installed = Path.of(home, "lib", "native", OSInfo.getNativeLibFolderPathForCurrentOS());
        if (Files.isDirectory(installed)) {
            System.setProperty(LIBRARY_PATH, installed.toString());
        }
    }
}
