package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller pays a model with: brought by its request, or kept for it in a file of the operator (dispatcher.md D2.3, 3.2). */
public final class ModelKey {
    private static final Pattern FORM = Pattern.compile("sk-ant-[\\x21-\\x7e]{1,505}");

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
        return of(PrivateFile.text(file))
                .orElseThrow(() -> new ConfigException(file + ": must hold one model key, which begins with sk-ant-"));
    }
}
