package dev.gatehouse.manifest;

import java.util.List;
import java.util.regex.Pattern;

/** Recognises the provenance footer, a signature in an HTML comment on the last line (robot-md.md section 6). Verifies nothing. */
final class ProvenanceFooter {
    private static final String START = "<!-- ROBOT-MD-SIG";
    private static final Pattern FORM =
            Pattern.compile("<!-- ROBOT-MD-SIG kid=[^\\s=]++ sig=[A-Za-z0-9+/_-]++={0,2} -->");

    private ProvenanceFooter() {}

    static List<Warning> warnings(String body) {
        var lines = Blanks.stripTrailing(body).lines().toList();
        var found = lines.stream().filter(line -> line.startsWith(START)).toList();
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.size() > 1 || !lines.getLast().equals(found.getLast())) {
            return warning("a provenance footer is not the last line, so it signs nothing");
        }
        return FORM.matcher(Blanks.stripTrailing(found.getLast())).matches()
                ? warning("a provenance footer is present and has not been verified")
                : warning("the provenance footer is invalid");
    }

    private static List<Warning> warning(String text) {
        return List.of(Warning.inBody(WarningCode.SIGNATURE, text));
    }
}
