package dev.gatehouse.gate;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.robotmd.SkillBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the editor of the manifest: adds a line to the end of the file, and notes what it was asked to enter. */
final class WholeFileBook implements SkillBook {
    final List<Skill> entered = new CopyOnWriteArrayList<>();
    private final Path file;

    WholeFileBook(Path file) {
        this.file = file;
    }

    @Override
    public Written write(Skill skill, String manifestSha256) {
        try {
            entered.add(skill);
            Files.writeString(file, Files.readString(file) + "\n" + skill.id() + "\n");
            return new Entered(entered.size(), CanonicalJson.sha256(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
