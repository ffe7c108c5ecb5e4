package dev.gatehouse.toolserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which robot-md's own server looks for orders every 200 ms, also while its only thread is busy with a motion (D16.6,
 * policy {@code stop.channels: commands_jsonl}).
 */
final class CommandsFile {
    private static final Logger LOG = LoggerFactory.getLogger(CommandsFile.class);
    private static final byte[] STOP = "{\"cmd\":\"estop.set\"}\n".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final Semaphore writing = new Semaphore(1);

    private CommandsFile(Path file) {
        this.file = file;
    }

    /** The file of whoever has this home directory. */
    static CommandsFile in(Path home) {
        return new CommandsFile(home.resolve(".robot-md").resolve("commands.jsonl"));
    }

    /** Adds the order to stop. The disk may stall, and the thread that stops must not: it is written on another one. */
    void stop() {
        if (writing.tryAcquire()) {
            Thread.ofPlatform().daemon().name("tool-server-commands").start(this::append);
        }
    }

    private void append() {
        try {
            Files.createDirectories(file.getParent());
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                channel.write(ByteBuffer.wrap(STOP));
                channel.force(false);
            }
        } catch (IOException e) {
            LOG.error("the order to stop could not be written to {}", file);
        } finally {
            writing.release();
        }
    }
}
