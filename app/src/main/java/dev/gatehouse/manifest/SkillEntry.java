package dev.gatehouse.manifest;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to be remembered of one skill under {@code learned_skills}; what is absent stays as the file has it (robot-md.md 10.11).
 *
 * @param validated what it was tried on
 * @param blockedBy what keeps it from working
 * @param notes one line of untrusted text
 * @param recordedAt the day of the record, UTC
 */
public record SkillEntry(
        String id,
        Status status,
        Optional<List<String>> validated,
        Optional<List<String>> blockedBy,
        Optional<String> notes,
        LocalDate recordedAt) {
    /** Whether the skill can be relied on. */
    public enum Status {
        OK,
        BLOCKED,
        DEGRADED;

        /** The word in the file and on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final int MAX_ITEMS = 32;
    private static final int MAX_ITEM = 200;
    private static final int MAX_NOTES = 2000;

    /**
     * Holds what was checked to be a proper argument before (10.11.1).
     *
     * @throws IllegalArgumentException if it was not
     */
    public SkillEntry {
        validated = validated.map(List::copyOf);
        blockedBy = blockedBy.map(List::copyOf);
        if (!ID.matcher(id).matches()
                || !validated.map(SkillEntry::isShort).orElse(true)
                || !blockedBy.map(SkillEntry::isShort).orElse(true)
                || !notes.map(SkillEntry::isNote).orElse(true)) {
            throw new IllegalArgumentException("not a skill as robot-md.md 10.11 allows it");
        }
    }

    /** The keys to set and their values, in the order in which a new entry is written. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", id);
        members.put("status", status.word());
        validated.ifPresent(list -> members.put("validated", list));
        blockedBy.ifPresent(list -> members.put("blocked_by", list));
        notes.ifPresent(text -> members.put("notes", text));
        members.put("recorded_at", recordedAt.toString());
        return members;
    }

    private static boolean isShort(List<String> items) {
        return items.size() <= MAX_ITEMS && items.stream().allMatch(item -> length(item) <= MAX_ITEM);
    }

    private static boolean isNote(String text) {
        return length(text) <= MAX_NOTES && text.chars().noneMatch(Character::isISOControl);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
