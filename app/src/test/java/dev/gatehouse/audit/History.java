package dev.gatehouse.audit;

import dev.gatehouse.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small language for tampered logs: {@code "A -> B!flip -> C"} writes three records named A, B, C and flips a bit in B.
 *
 * <p>Acts: {@code !flip} a bit; {@code !edit} the name; {@code !forge} the name and the record's own hash; {@code !drop} the record;
 * {@code !twice} repeats it; {@code !swap} with the next; {@code !cut} from here to the end; {@code !half} leaves half the line; {@code !space}
 * adds a blank that means nothing; {@code !crlf} ends the line as some editors do.
 */
final class History {
    private History() {}

    /** Writes the history into the directory, tampers with it, and verifies. */
    static Verification verify(Path directory, String history) throws Exception {
        write(directory, history);
        return AuditVerifier.verify(directory);
    }

    static void write(Path directory, String history) throws Exception {
        var steps = Arrays.stream(history.split("->")).map(String::strip).toList();
        Logs.write(
                Logs.settings(directory),
                steps.stream().map(step -> step.replaceFirst("!.*", "")).toList());
        var file = directory.resolve("audit-1.ndjson");
        var lines = Files.readAllLines(file).stream().map(line -> line + "\n").toList();
        Files.writeString(file, String.join("", tampered(steps, lines)), StandardCharsets.ISO_8859_1);
    }

    private static List<String> tampered(List<String> steps, List<String> lines) throws Exception {
        var out = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            switch (steps.get(i).replaceFirst("^[A-Z]+", "")) {
                case "" -> out.add(line);
                case "!flip" -> out.add(flip(line));
                case "!edit" -> out.add(edit(line));
                case "!forge" -> out.add(forge(line));
                case "!drop" -> {}
                case "!twice" -> {
                    out.add(line);
                    out.add(line);
                }
                case "!swap" -> {
                    out.add(lines.get(i + 1));
                    out.add(line);
                    i++;
                }
                case "!cut" -> {
                    return out;
                }
                case "!half" -> out.add(line.substring(0, line.length() / 2));
                case "!space" -> out.add(line.replaceFirst(",", ", "));
                case "!crlf" -> out.add(line.replace("\n", "\r\n"));
                default -> throw new IllegalArgumentException(steps.get(i));
            }
        }
        return out;
    }

    private static String flip(String line) {
        var at = line.indexOf("\"ts\":\"") + 8;
        return line.substring(0, at) + (char) (line.charAt(at) ^ 1) + line.substring(at + 1);
    }

    private static String edit(String line) {
        return line.replaceFirst("\"task\":\"[^\"]*\"", "\"task\":\"forged\"");
    }

    /** Edits and hashes again, as somebody would who knows the format: only the next record's link betrays it. */
    private static String forge(String line) {
        var edited = edit(line).strip();
        var hash = edited.replaceFirst(".*\"hash\":\"([0-9a-f]*)\".*", "$1");
        var unhashed = edited.replace("\"hash\":\"" + hash + "\",", "");
        var fresh = CanonicalJson.sha256(unhashed.getBytes(StandardCharsets.UTF_8));
        return edited.replace(hash, fresh) + "\n";
    }
}
