package dev.gatehouse.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one state of a file from another without reading it (D2.8). Take it before the file is read: a change in between then
 * shows at the next look.
 *
 * @param inode device and number of the file
 */
public record FileIdentity(String inode, long size, FileTime modified) {
    /** The state of this file now; a link counts as the file it leads to. Empty if there is none. */
    public static Optional<FileIdentity> of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileIdentity(
                    String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
