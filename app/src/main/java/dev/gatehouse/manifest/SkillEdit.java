package dev.gatehouse.manifest;

/** What came of entering a skill into the text of a manifest (robot-md.md 10.11). */
public sealed interface SkillEdit {
    /**
     * The entry is in the text, and nothing else differs.
     *
     * @param text of the whole file, byte order mark included
     * @param count of the skills the file now lists
     */
    record Edited(String text, int count) implements SkillEdit {}

    /**
     * The file is written in a way that cannot be edited without touching more than the entry ({@code not_editable}).
     *
     * @param why for the operator; quotes nothing of the file
     */
    record NotEditable(String why) implements SkillEdit {}
}
