package dev.gatehouse.demo;

import dev.gatehouse.audit.AuditVerifier;
import dev.gatehouse.audit.Verification;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.story.Ink;
import dev.gatehouse.story.Row;
import dev.gatehouse.story.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The record of the whole story: whole as it is, and found out when one bit of it is changed. */
final class RecordChapter {
    private static final String LOG = "audit-1.ndjson";

    private final Stage stage;
    private final Path audit;
    private final Path copy;

    RecordChapter(Stage stage, Path audit, Path copy) {
        this.stage = stage;
        this.audit = audit;
        this.copy = copy;
    }

    /** Plays on the files a closed server left. */
    void play(Cast cast) throws IOException, InterruptedException {
        var screen = stage.screen();
        screen.chapter(5, "The record");
        screen.tell(
                "The server is shut down. What is left is its audit log: who asked, what the gate said, what was done,"
                        + " each record chained to the one before, the last one signed.");
        screen.blank();
        var lines = Files.readAllLines(audit.resolve(LOG));
        screen.row(Row.Said.now("record", Ink.BOLD, Span.plain(lines.size() + " records: " + counts(lines))));
        stage.pause(Duration.ofSeconds(1));
        screen.request("gatehouse audit verify", "$", "");
        var whole = AuditVerifier.verify(audit);
        show(whole);
        stage.claims()
                .must(
                        "The record of all this is whole, to the last line",
                        whole instanceof Verification.Intact(var records, var last) && records == lines.size(),
                        lines.size() + " records, hashes, links and the signed end checked");
        stage.claims()
                .must("No token and no key stands in it", hidesSecrets(cast), "searched for all of them in clear text");

        forge(Forgery.on(lines));
    }

    private void forge(Forgery forgery) throws IOException, InterruptedException {
        var screen = stage.screen();
        screen.blank();
        screen.tell("Somebody copies it and flips a single bit of it:");
        copy(forgery);
        screen.row(Row.Said.now(
                "record",
                Ink.BOLD,
                Span.faint("number " + forgery.number() + ": "),
                Span.plain(forgery.before() + " "),
                Span.faint("becomes "),
                new Span(Ink.BAD, forgery.after())));
        stage.pause(Duration.ofSeconds(1));
        screen.request("gatehouse audit verify", "$", "--dir the-copy");
        var verification = AuditVerifier.verify(copy);
        show(verification);
        stage.claims()
                .must(
                        "One flipped bit in a copy of it was found, and in which record",
                        verification instanceof Verification.Tampered tampered && tampered.seq() == forgery.number(),
                        Json.line(verification.toJson())
                                .replaceAll("[{}\"]", "")
                                .replace(",", ", "));
    }

    private void show(Verification verification) {
        var glyphs = stage.screen().glyphs();
        var span = switch (verification) {
            case Verification.Intact intact ->
                new Span(Ink.GOOD, glyphs.yes() + " intact: " + intact.records() + " records");
            case Verification.Tampered tampered ->
                new Span(
                        Ink.BAD,
                        glyphs.no() + " tampered: " + tampered.what() + " at record " + tampered.seq() + " ("
                                + tampered.file() + " line " + tampered.line() + ")");
            case Verification.Incomplete incomplete ->
                new Span(Ink.WAIT, "incomplete: " + incomplete.what() + " after " + incomplete.records() + " records");
        };
        stage.screen().row(Row.Said.now("verify", Ink.BOLD, span));
    }

    private static String counts(List<String> lines) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        for (var line : lines) {
            counts.merge(read(line).path("event").asString(""), 1, Integer::sum);
        }
        return said(counts, "task_created", "task") + ", "
                + said(counts, "tool_intent", "call announced", "calls announced")
                + " and " + said(counts, "tool_outcome", "ended", "ended") + ", "
                + said(counts, "gate_deny", "refusal at the gate", "refusals at the gate") + ", "
                + said(counts, "task_refused", "at the door", "at the door") + ", "
                + said(counts, "approval_decided", "approval") + ", " + said(counts, "estop", "stop") + ", "
                + said(counts, "estop_clear", "clearing");
    }

    private static String said(Map<String, Integer> counts, String event, String one) {
        return said(counts, event, one, one + "s");
    }

    private static String said(Map<String, Integer> counts, String event, String one, String many) {
        var count = counts.getOrDefault(event, 0);
        return count + " " + (count == 1 ? one : many);
    }

    private static JsonNode read(String line) throws IOException {
        try {
            return Json.read(line);
        } catch (MalformedJsonException e) {
            throw new IOException("a record is not JSON", e);
        }
    }

    private void copy(Forgery forgery) throws IOException {
        Files.createDirectories(copy);
        try (var files = Files.list(audit)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        var log = copy.resolve(LOG);
        Files.write(log, forgery.applyTo(Files.readAllBytes(log)));
    }

    private boolean hidesSecrets(Cast cast) throws IOException {
        var text = new String(Files.readAllBytes(audit.resolve(LOG)), StandardCharsets.ISO_8859_1);
        for (var person : Person.values()) {
            if (text.contains(cast.token(person))) {
                return false;
            }
        }
        return stage.settings().modelKey().stream().noneMatch(key -> text.contains(key.reveal()));
    }
}
