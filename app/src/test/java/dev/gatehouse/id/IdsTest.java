package dev.gatehouse.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D1.3: ids")
class IdsTest {
    @ParameterizedTest
    @CsvSource({"TASK, tsk", "APPROVAL, apr", "CALL, cal", "LATCH, est", "CREDENTIAL, crd", "REQUEST, req", "BOOT, b"})
    void prefixAndTwentySixCharacters(Ids.Kind kind, String prefix) {
        assertThat(new Ids().mint(kind)).matches(prefix + "-[0-9a-hjkmnp-tv-z]{26}");
    }

    @Test
    void everyCharacterOfTheAlphabetOccursAndNoIdTwice() {
        var ids = new Ids(new SplittableRandom(1));
        var seen = new HashSet<String>();
        var characters = new HashSet<Integer>();
        for (var i = 0; i < 1000; i++) {
            var id = ids.mint(Ids.Kind.TASK);
            seen.add(id);
            id.substring(4).chars().forEach(characters::add);
        }

        assertThat(seen).hasSize(1000);
        assertThat(characters).hasSize(32);
    }
}
