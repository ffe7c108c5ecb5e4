package dev.gatehouse.manifest;

import dev.gatehouse.json.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a ROBOT.md into a {@link Manifest}, or into the reason why not (robot-md.md section 2). Never throws. */
public final class ManifestParser {
    /** Largest file accepted, in bytes; a single huge scalar keeps a YAML scanner busy for seconds. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_EXCERPT = 80;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ManifestParser() {}

    /** Parses the whole content of a file. */
    public static Reading parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new Unreadable("file is too large: more than " + MAX_BYTES + " bytes");
        }
        var decoded = decode(bytes);
        if (decoded.isEmpty()) {
            return new Unreadable("file is not valid UTF-8");
        }
        var rawText = decoded.get();
        var marked = !rawText.isEmpty() && rawText.charAt(0) == BYTE_ORDER_MARK;
        var text = marked ? rawText.substring(1) : rawText;
        var split = Delimiters.split(text);
        return split instanceof Delimiters.Parts parts
                ? parse(parts, rawText, marked, bytes)
                : new Unreadable(((Delimiters.Malformed) split).message());
    }

    private static Reading parse(Delimiters.Parts parts, String rawText, boolean marked, byte[] bytes) {
        var warnings = new ArrayList<Warning>();
        if (marked) {
            warnings.add(Warning.atLine(1, WarningCode.BOM, "a byte order mark was removed; other tools refuse it"));
        }
        try {
            var reader = new FrontmatterReader(parts.yaml());
            var value = reader.read();
            warnings.addAll(reader.warnings());
            return manifest(value, parts.body(), rawText, warnings, bytes);
        } catch (YamlProblem problem) {
            return new Unreadable(message(problem, parts.yaml()));
        }
    }

    private static Reading manifest(
            @Nullable Object value, String body, String rawText, List<Warning> warnings, byte[] bytes) {
        if (value instanceof Map<?, ?> map) {
            return new Manifest(rawText, Section.tree(map), body, warnings, CanonicalJson.sha256(bytes));
        }
        return new Unreadable(value == null ? "frontmatter block is empty" : "frontmatter must be a YAML mapping");
    }

    private static Optional<String> decode(byte[] bytes) {
        try {
            // A fresh decoder reports what String's constructor would silently replace.
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String message(YamlProblem problem, String yaml) {
        var message = "invalid YAML frontmatter: %s at line %d, column %d"
                .formatted(oneLine(problem.reason()), problem.line(), problem.column());
        var excerpt = yaml.lines()
                .skip(Math.max(0, problem.line() - FrontmatterReader.FIRST_LINE))
                .findFirst()
                .map(ManifestParser::oneLine)
                .orElse("");
        return excerpt.isBlank() ? message : message + ": " + excerpt;
    }

    /** Printable, without line ends, and short. */
    private static String oneLine(String text) {
        var clean = text.strip()
                .codePoints()
                .limit(MAX_EXCERPT)
                .map(c -> Character.isISOControl(c)
                                || c == 0x2028
                                || c == 0x2029
                                || Character.getType(c) == Character.FORMAT
                        ? ' '
                        : c);
        return clean.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
