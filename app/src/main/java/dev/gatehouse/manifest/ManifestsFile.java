package dev.gatehouse.manifest;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import java.nio.file.Path;

/** The file in which a user names their manifests (robot-md.md 7, rule 3): a list, a mapping with a list, or one mapping. */
final class ManifestsFile {
    private static final String PATH = "path";

    private ManifestsFile() {}

    /**
     * The {@code path} of the first entry.
     *
     * @throws ConfigException if the file cannot be read, or names no manifest first; names the file
     */
    static String firstPath(Path file) throws ConfigException {
        return StrictYaml.read(file, ManifestsFile::firstPath);
    }

    private static String firstPath(YamlValue document) throws ConfigException {
        if (document.isList()) {
            return first(document);
        }
        var members = document.map(member -> member);
        if (members.containsKey(PATH)) {
            return path(document);
        }
        for (var member : members.values()) {
            if (member.isList()) {
                return first(member);
            }
        }
        throw document.error("must be a list of manifests, or a mapping with such a list or a path");
    }

    private static String first(YamlValue list) throws ConfigException {
        var entries = list.items();
        if (entries.isEmpty()) {
            throw list.error("names no manifest");
        }
        return path(entries.getFirst());
    }

    private static String path(YamlValue entry) throws ConfigException {
        var path = entry.map(member -> member).get(PATH);
        if (path == null) {
            throw entry.error("member '" + PATH + "' is missing");
        }
        return path.name();
    }
}
