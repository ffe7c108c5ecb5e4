package dev.gatehouse.manifest;

import dev.gatehouse.terminal.Printable;

/**
 * Whether a server can start on a manifest: structural problems fail at once, content problems are served and left to
 * {@code validate} (robot-md.md 7).
 */
public sealed interface ManifestStart {
    /**
     * It can.
     *
     * @param name {@code metadata.robot_name} trimmed, under which it is served from now on (8.2)
     */
    record Ready(ManifestFile file, Manifest manifest, String name) implements ManifestStart {
        /** What a server says on standard error, after its name and a colon. */
        public String line() {
            return "serving " + file.path() + " as '" + Printable.of(name) + "'";
        }
    }

    /** It cannot: exit 1. The message follows {@code failed to start: } and holds no path. */
    record Failed(String message) implements ManifestStart {}

    /** Reads the file that {@link ManifestPath} found. */
    static ManifestStart of(ManifestFile file) {
        var reading = file.read();
        return reading instanceof Manifest manifest ? of(file, manifest) : new Failed(((Unreadable) reading).message());
    }

    private static ManifestStart of(ManifestFile file, Manifest manifest) {
        return manifest.servedName()
                .<ManifestStart>map(name -> new Ready(file, manifest, name))
                .orElseGet(() -> new Failed("manifest is missing metadata.robot_name, under which it would be served"));
    }
}
