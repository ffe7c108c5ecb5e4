package dev.gatehouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.gate.BearersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CastTest {
    private final Cast cast = new Cast(new SecureRandom());

    @Test
    void everybodyHasACredentialThatGrantsWhatTheirPartNeeds(@TempDir Path directory) throws Exception {
        var file = directory.resolve("bearers.yaml");
        cast.write(file);
        var credentials = BearersFile.read(file, Clock.systemUTC());
        for (var person : Person.values()) {
            var principal = credentials.authenticate(cast.token(person)).orElseThrow();
            assertThat(principal.caller()).isEqualTo(person.caller());
            assertThat(principal.tier().wire()).isEqualTo(person.tier());
        }
    }

    @Test
    void theFileHoldsNoTokenAndIsForItsOwnerOnly(@TempDir Path directory) throws Exception {
        var file = directory.resolve("bearers.yaml");
        cast.write(file);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(AtomicFile.OWNER_ONLY);
        for (var person : Person.values()) {
            assertThat(Files.readString(file)).doesNotContain(cast.token(person));
        }
    }
}
