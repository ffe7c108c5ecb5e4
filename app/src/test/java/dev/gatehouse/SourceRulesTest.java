package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules that only the source text can show. */
class SourceRulesTest {
    private static final int MAX_LINES = 400;
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Util|Utils|Manager|Helper|Impl)(\\$.*)?");
    private static final Pattern SHELL =
            Pattern.compile("\"(/bin/)?(ba|da|z)?sh\"|\"cmd(\\.exe)?\"|\"-c\"|/bin/(ba|da|z)?sh");
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
    private static final Pattern SENTENCE = Pattern.compile("\\.(\\s|$)");

    @Test
    void everyRoomSaysWhatItIsFor() {
        var silent = new ArrayList<String>();
        var rooms = new TreeSet<Path>();
        House.sources(House.MAIN).forEach(file -> rooms.add(file.resolveSibling("package-info.java")));
        for (var info : rooms) {
            var text = Files.exists(info) ? String.join("\n", House.lines(info)) : "";
            var javadoc = JAVADOC.matcher(text);
            var prose = javadoc.find() ? javadoc.group(1).replaceAll("\\{@\\w+ [^}]*}", "x") : "";
            if (!text.contains("@NullMarked")
                    || SENTENCE.matcher(prose).results().count() < 2) {
                silent.add(info.toString());
            }
        }

        assertThat(silent)
                .as("package-info with @NullMarked: what the room is for, what may not happen there, its specification")
                .isEmpty();
    }

    @Test
    void filesAreShort() {
        var long_ = Stream.of(House.MAIN, House.TEST)
                .flatMap(root -> House.sources(root).stream())
                .filter(file -> House.lines(file).size() > MAX_LINES)
                .map(Path::toString)
                .toList();

        assertThat(long_)
                .as("files above " + MAX_LINES + " lines have two jobs")
                .isEmpty();
    }

    @Test
    void namesSayWhatAClassDoes() {
        var empty = new TreeSet<String>();
        House.CLASSES.forEach(c -> {
            if (EMPTY_NAME.matcher(c.getName()).matches()) {
                empty.add(c.getName());
            }
        });

        assertThat(empty).isEmpty();
    }

    @Test
    @DisplayName("T10.2: no shell is named in the program")
    void noShells() {
        var shells = House.sources(House.MAIN).stream()
                .flatMap(file -> House.lines(file).stream()
                        .filter(line -> SHELL.matcher(line).find())
                        .map(line -> file + ": " + line.strip()))
                .toList();

        assertThat(shells).isEmpty();
    }
}
