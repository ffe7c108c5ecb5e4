package dev.gatehouse.robotmd;

import java.util.List;
import java.util.Optional;

/**
 * Where skills are remembered: {@code learned_skills} of the manifest (robot-md.md 10.11).
 *
 * <p>The seam to whoever edits the text of the file; tests remember in their own way.
 */
@FunctionalInterface
public interface SkillBook {
    /**
     * Enters a skill under today's date; nothing else in the file changes.
     *
     * @param manifestSha256 of the file that the call was judged by; any other is a conflict
     */
    Written write(Skill skill, String manifestSha256);

    /**
     * What to remember; what is absent stays as it is.
     *
     * @param status {@code ok}, {@code blocked} or {@code degraded}
     */
    record Skill(
            String id,
            String status,
            Optional<List<String>> validated,
            Optional<List<String>> blockedBy,
            Optional<String> notes) {}

    /** What came of it. */
    sealed interface Written permits Entered, Declined {}

    /**
     * It is in the file.
     *
     * @param count of the skills the file lists now
     * @param manifestSha256 of the file now
     */
    record Entered(int count, String manifestSha256) implements Written {}

    /**
     * The file is as it was.
     *
     * @param reason {@code not_editable}, {@code conflict}, {@code signed_manifest}, {@code manifest_unreadable},
     *     {@code write_failed}
     * @param message safe to show
     */
    record Declined(String reason, String message) implements Written {}

    /** For a server whose manifest nobody may edit. */
    static SkillBook closed() {
        return (skill, manifestSha256) -> new Declined("not_editable", "this server does not edit its manifest");
    }
}
