package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the goal of an order comes from: words on the command line, a file, or standard input. */
final class Goal {
    /** More than the longest goal, which has 10 000 characters of at most four bytes. */
    private static final int MAX_BYTES = 40_000;

    private static final String STANDARD_INPUT = "-";

    private Goal() {}

    /**
     * The goal.
     *
     * @param words of the command line; a single dash stands for standard input
     * @param file a path, or a dash
     * @throws ConfigException if there is none or more than one, or it cannot be read
     */
    static String of(List<String> words, @Nullable String file, InputStream standardInput) throws ConfigException {
        if (words.isEmpty() == (file == null)) {
            throw new ConfigException(
                    "say the goal in words, or name a file with --goal-file, or pipe it in with --goal-file -");
        }
        var source = file == null && words.equals(List.of(STANDARD_INPUT)) ? STANDARD_INPUT : file;
        var goal = source == null ? String.join(" ", words) : read(source, standardInput);
        if (goal.isBlank()) {
            throw new ConfigException("the goal is empty");
        }
        return goal;
    }

    private static String read(String source, InputStream standardInput) throws ConfigException {
        try (var in = source.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(source))) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException("the goal is longer than 10000 characters");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw new ConfigException("the goal is not UTF-8 text");
        } catch (IOException e) {
            throw new ConfigException(source + ": cannot be read");
        }
    }
}
