package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller pays a model with: brought by its request, or kept for it in a file of the operator (dispatcher.md D2.3, 3.2). */
public final class ModelKey {
    private static final Pattern FORM = Pattern.compile("sk-ant-[\\x21-\\x7e]{1,505}");
    private static final int MAX_FILE = 1024;

    private ModelKey() {}

    /** The key, if the text has the form of one. */
    public static Optional<Secret> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(Secret.of(text)) : Optional.empty();
    }

    /**
     * Reads a file that holds a key and nothing else.
     *
     * @throws ConfigException if it is not as private as the credentials themselves, or holds no key; never quotes it
     */
    static Secret read(Path file) throws ConfigException {
        PrivateFile.check(file);
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(MAX_FILE), StandardCharsets.US_ASCII);
            return of(text.strip())
                    .orElseThrow(
                            () -> new ConfigException(file + ": must hold one model key, which begins with sk-ant-"));
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }
}
