package dev.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the program may use of the platform and of libraries, and in which rooms. */
class LibrariesTest {
    /** Rooms that may use a library. What is in no row is open to all; the dependency list says what there is. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("com.anthropic.", Set.of("agent.embedded")),
            Map.entry("com.fasterxml.", Set.of("agent.embedded")),
            Map.entry("kotlin.", Set.of("agent.embedded")),
            Map.entry("okhttp3.", Set.of("agent.embedded")),
            Map.entry("javax.imageio.", Set.of("agent.embedded")),
            Map.entry("java.awt.", Set.of("agent.embedded")),
            Map.entry("io.helidon.", Set.of("http", "rest", "web", "agent.rehearsal")),
            Map.entry("picocli.", Set.of("cli")),
            Map.entry("org.sqlite.", Set.of("dispatch")),
            Map.entry("java.sql.", Set.of("dispatch")),
            Map.entry("org.snakeyaml.", Set.of("config", "manifest", "robot.sim", "agent", "agent.rehearsal", "setup")),
            Map.entry("com.networknt.", Set.of("json", "manifest")),
            Map.entry("ch.qos.", Set.of("server", "cli")));

    @Test
    void everyLibraryStaysInItsRooms() {
        var strays = new TreeSet<String>();
        for (var origin : House.CLASSES) {
            var room = House.room(origin.getPackageName()).orElse("");
            for (var arrow : origin.getDirectDependenciesFromSelf()) {
                var target = arrow.getTargetClass().getBaseComponentType().getName();
                ROOMS.forEach((library, rooms) -> {
                    if (target.startsWith(library) && !rooms.contains(room)) {
                        strays.add(room + " uses " + target + ": " + arrow.getDescription());
                    }
                });
            }
        }

        assertThat(strays).isEmpty();
    }

    @Test
    @DisplayName(
            "T10.2: the program starts no process but the operator's own stop hook and tool server, and knows no shell")
    void noProcesses() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.gatehouse.server.StopHook")
                .and()
                .doNotHaveFullyQualifiedName("dev.gatehouse.toolserver.Child")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ProcessBuilder.class.getName())
                .orShould()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                        com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(
                                                Runtime.class.getName())))
                        .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("exec"))))
                .check(House.CLASSES);
    }

    @Test
    @DisplayName("standard output belongs to protocols: only the command line writes there")
    void standardStreams() {
        for (var stream : Set.of("out", "err", "in")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.gatehouse.cli", "dev.gatehouse.demo", "dev.gatehouse.terminal")
                    .should()
                    .accessField(System.class, stream)
                    .check(House.CLASSES);
        }
    }

    @Test
    void theProgramEndsInOnePlaceOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.gatehouse.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(House.CLASSES);
    }

    @Test
    @DisplayName("T26.1: time is a Clock or a Ticker that was handed in")
    void time() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(java.util.Date.class.getName())
                .check(House.CLASSES);
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(House.CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.gatehouse.server", "dev.gatehouse.cli")
                .and()
                // Its settings for a real host; every test and the server hand in their own.
                .doNotHaveFullyQualifiedName("dev.gatehouse.audit.AuditSettings")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(House.CLASSES);
    }
}
