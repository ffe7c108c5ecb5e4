package dev.gatehouse.manifest;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says where in the file a YAML problem lies, whatever way the library reports it. */
final class YamlProblems {
    private YamlProblems() {}

    static YamlProblem at(String reason, Event event) {
        return at(reason, event.getStartMark());
    }

    /** A problem at an offset of the YAML text, in UTF-16 units. */
    static YamlProblem at(String reason, String yaml, int offset) {
        var before = yaml.substring(0, offset);
        var lineStart = before.lastIndexOf('\n') + 1;
        var line = FrontmatterReader.FIRST_LINE
                + (int) before.chars().filter(c -> c == '\n').count();
        return new YamlProblem(reason, line, before.codePointCount(lineStart, before.length()) + 1);
    }

    static YamlProblem of(YamlEngineException e, String yaml) {
        return switch (e) {
            case MarkedYamlEngineException marked -> at(problem(marked), marked.getProblemMark());
            case ReaderException unprintable ->
                at("a character that YAML does not allow", yaml, offset(yaml, unprintable.getPosition()));
            default -> at("not valid YAML", Optional.empty());
        };
    }

    private static YamlProblem at(String reason, Optional<Mark> mark) {
        return new YamlProblem(
                reason,
                mark.map(Mark::getLine).orElse(0) + FrontmatterReader.FIRST_LINE,
                mark.map(Mark::getColumn).orElse(0) + 1);
    }

    private static String problem(MarkedYamlEngineException e) {
        var problem = e.getProblem();
        return problem == null || problem.isBlank() ? "not valid YAML" : problem;
    }

    private static int offset(String yaml, int codePoints) {
        var available = yaml.codePointCount(0, yaml.length());
        return yaml.offsetByCodePoints(0, Math.min(codePoints, available));
    }
}
