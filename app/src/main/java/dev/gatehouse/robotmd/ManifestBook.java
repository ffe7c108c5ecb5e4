package dev.gatehouse.robotmd;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestWriter;
import dev.gatehouse.manifest.SkillEdit;
import dev.gatehouse.manifest.SkillEditor;
import dev.gatehouse.manifest.SkillEntry;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers skills in the ROBOT.md that is served, by touching the lines of their entries only (robot-md.md 10.11). */
public final class ManifestBook implements SkillBook {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestBook.class);

    private final ManifestFile file;
    private final ManifestWriter writer;
    private final Clock clock;

    public ManifestBook(ManifestFile file, ManifestWriter writer, Clock clock) {
        this.file = file;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public Written write(Skill skill, String manifestSha256) {
        if (!(file.read() instanceof Manifest manifest)) {
            return new Declined("manifest_unreadable", "the manifest cannot be read");
        }
        // What was agreed to is an entry in the file as it was judged, not in whatever stands there now.
        if (!manifest.sha256().equals(manifestSha256)) {
            return conflict();
        }
        return switch (SkillEditor.edit(manifest, entry(skill))) {
            case SkillEdit.NotEditable(var why) -> new Declined("not_editable", why);
            case SkillEdit.Edited edited -> replace(manifest, edited);
        };
    }

    private Written replace(Manifest manifest, SkillEdit.Edited edited) {
        try {
            return switch (writer.replace(manifest, edited.text())) {
                case ManifestWriter.Outcome.Replaced(var sha256) -> new Entered(edited.count(), sha256);
                case ManifestWriter.Outcome.Conflict() -> conflict();
                case ManifestWriter.Outcome.Signed() ->
                    new Declined("signed_manifest", "the manifest is signed, and an entry would break its signature");
            };
        } catch (IOException e) {
            LOG.error("the manifest could not be written", e);
            return new Declined("write_failed", "the manifest could not be written; it is as it was");
        }
    }

    private SkillEntry entry(Skill skill) {
        return new SkillEntry(
                skill.id(),
                SkillEntry.Status.valueOf(skill.status().toUpperCase(Locale.ROOT)),
                skill.validated(),
                skill.blockedBy(),
                skill.notes(),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private static Written conflict() {
        return new Declined("conflict", "the manifest has changed since this was agreed to");
    }
}
