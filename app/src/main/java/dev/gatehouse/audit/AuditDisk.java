package dev.gatehouse.audit;

import dev.gatehouse.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** How the log writes: the seam for disk faults (threats.md T20.3). */
public interface AuditDisk {
    /** Opens a file for appending, creating it with mode 0600 and making its name durable. */
    AppendFile open(Path file) throws IOException;

    /** Replaces a small file, mode 0600, whole or not at all. */
    void replace(Path file, byte[] content) throws IOException;

    /** The machine's own disk. */
    static AuditDisk real() {
        return new Real();
    }

    /** File channels and {@link AtomicFile}. */
    final class Real implements AuditDisk {
        private Real() {}

        @Override
        public AppendFile open(Path file) throws IOException {
            var existed = Files.exists(file);
            var channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(AtomicFile.OWNER_ONLY));
            var opened = new ChannelFile(channel);
            if (!existed) {
                AtomicFile.forceDirectory(file.resolveSibling(""));
            }
            return opened;
        }

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            AtomicFile.write(file, content, AtomicFile.OWNER_ONLY);
        }
    }

    /** An {@link AppendFile} on a channel. */
    final class ChannelFile implements AppendFile {
        private final FileChannel channel;

        private ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            var at = channel.size();
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
