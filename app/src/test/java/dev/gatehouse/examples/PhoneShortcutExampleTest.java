package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends the requests of the table. */
class PhoneShortcutExampleTest {
    private static final String README = new Example("phone-shortcut").text("README.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Example.Answer press(String button, Who who) throws Exception {
        var row = README.lines()
                .filter(line -> line.startsWith("| " + button + " |"))
                .map(line -> List.of(line.split("\\|", -1)))
                .findFirst()
                .orElseThrow();
        var headers = new HashMap<String, String>();
        CODE.matcher(row.get(4)).results().forEach(header -> {
            var parts = header.group(1).replace("TOKEN", who.token()).split(": ", 2);
            headers.put(parts[0], parts[1]);
        });
        var body = CODE.matcher(row.get(5));
        return Example.send(
                row.get(2).strip(), server.url() + row.get(3).strip(), headers, body.find() ? body.group(1) : "");
    }

    @Test
    @DisplayName("STOP works with a token that can do nothing else, and shows that the robot confirmed")
    void stop() throws Exception {
        var answer = press("STOP", Who.BUTTON);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("stop").path("acked").booleanValue()).isTrue();
        assertThat(press("Look", Who.BUTTON).status()).isEqualTo(403);
        server.clear();
    }

    @Test
    @DisplayName("Look answers with a summary")
    void look() throws Exception {
        var answer = press("Look", Who.READER);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("result").path("summary").asString()).isNotBlank();
    }

    @Test
    @DisplayName("the line for a shell stops as well")
    void shell() throws Exception {
        Program.needed("sh", "curl");
        Example.secret(directory.resolve("stop.token"), Who.BUTTON.token());
        var line = SHELL.matcher(README);
        assertThat(line.find()).isTrue();

        var run = Program.run(directory, Map.of("GATEHOUSE_URL", server.url()), "sh", "-c", line.group(1));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"latched\":true");
        server.clear();
    }
}
