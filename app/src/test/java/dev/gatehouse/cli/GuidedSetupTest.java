package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.GuidedSetup.Decision;
import dev.gatehouse.setup.Choices;
import dev.gatehouse.setup.FirstCredential;
import dev.gatehouse.setup.Tailnet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("15: the questions of a guided setup")
class GuidedSetupTest {
    /** Answers in order, and then the end of the input. */
    private static final class Person implements Terminal {
        private final ArrayDeque<String> answers;
        private final List<String> asked = new ArrayList<>();

        Person(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public Optional<String> ask(String question) {
            asked.add(question.strip());
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<String> askHidden(String question) {
            throw new AssertionError("nothing here is secret");
        }
    }

    private final StringWriter shown = new StringWriter();

    private Decision decide(Person person, Choices base, int callers) {
        return new GuidedSetup(person, new PrintWriter(shown)).ask(base, callers);
    }

    private Decision decide(String... answers) {
        return decide(new Person(answers), Choices.defaults(), 0);
    }

    private static Decision chosen(
            String host,
            int port,
            Set<FirstCredential> grants,
            boolean systemd,
            Tailnet tailnet,
            Optional<String> name) {
        return new Decision.Chosen(new Choices(host, port, grants, systemd, tailnet, name));
    }

    @Test
    @DisplayName("in this order, with these defaults, each after an explanation")
    void order() {
        var person = new Person("", "", "", "", "", "", "", "");

        assertThat(decide(person, Choices.defaults(), 0)).isEqualTo(new Decision.Chosen(Choices.defaults()));
        assertThat(person.asked)
                .containsExactly(
                        "Enable remote dispatch [Y/n]",
                        "Bind address [127.0.0.1]",
                        "Port [8080]",
                        "Make an actuate token [Y/n]",
                        "Make a read token [y/N]",
                        "Make a stop-only token [y/N]",
                        "Print the systemd commands [y/N]",
                        "Tailscale, none, serve or funnel [none]");
        assertThat(shown.toString().strip().split("\n\n")).hasSize(8);
    }

    @Test
    void everythingDifferent() {
        assertThat(decide("yes", "::1", "9000", "N", "Y", "y", "y", "Funnel", "robot.example.ts.net"))
                .isEqualTo(chosen(
                        "::1",
                        9000,
                        Set.of(FirstCredential.READ, FirstCredential.STOP),
                        true,
                        Tailnet.FUNNEL,
                        Optional.of("robot.example.ts.net")));
    }

    @Test
    void noMeansNothingIsWritten() {
        assertThat(decide("n")).isEqualTo(new Decision.Declined());
    }

    @Test
    @DisplayName("the input may end at any question")
    void endOfInput() {
        var answers = new ArrayList<String>();
        for (var i = 0; i < 8; i++) {
            assertThat(decide(answers.toArray(String[]::new))).isEqualTo(new Decision.Aborted());
            answers.add("");
        }
    }

    @Test
    @DisplayName("what makes no sense is asked again")
    void again() {
        assertThat(decide("maybe", "", "nowhere", "", "0", "x", "70000", "8081", "", "", "", "", "wireguard", ""))
                .isEqualTo(chosen(
                        "127.0.0.1", 8081, Set.of(FirstCredential.ACTUATE), false, Tailnet.NONE, Optional.empty()));
        assertThat(shown.toString()).contains("Type y or n.", "no address", "from 1 to 65535", "serve or funnel");
    }

    @Test
    @DisplayName("at least one token; nobody needs one who brings callers along")
    void tokens() {
        assertThat(decide("", "", "", "n", "", "", "n", "y", "", "", ""))
                .isEqualTo(
                        chosen("127.0.0.1", 8080, Set.of(FirstCredential.READ), false, Tailnet.NONE, Optional.empty()));
        assertThat(shown.toString()).contains("At least one token is needed");

        assertThat(decide(new Person("", "", "", "n", "", "", "", ""), Choices.defaults(), 2))
                .isEqualTo(chosen("127.0.0.1", 8080, Set.of(), false, Tailnet.NONE, Optional.empty()));
    }

    @Test
    @DisplayName("an address that others reach needs a proxy with TLS in front")
    void publicAddress() {
        assertThat(decide("", "0.0.0.0", "n", "", "", "", "", "", "", ""))
                .isEqualTo(new Decision.Chosen(Choices.defaults()));
        assertThat(decide("", "0.0.0.0", "y", "", "", "", "", "", ""))
                .isEqualTo(chosen(
                        "0.0.0.0", 8080, Set.of(FirstCredential.ACTUATE), false, Tailnet.NONE, Optional.empty()));
    }
}
