package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.terminal.Quoting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program on a terminal of its own, made by {@code script} of util-linux; what is typed passes the terminal's own line discipline. */
final class PseudoTerminal implements AutoCloseable {
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final StringBuilder screen = new StringBuilder();

    private PseudoTerminal(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (var reader = process.inputReader(UTF_8)) {
                for (var c = reader.read(); c >= 0; c = reader.read()) {
                    show(String.valueOf((char) c));
                }
            } catch (IOException e) {
                show(e.toString());
            }
        });
    }

    static PseudoTerminal start(Path workingDirectory, List<String> words) throws IOException {
        var line = words.stream().map(Quoting::shell).collect(Collectors.joining(" "));
        return new PseudoTerminal(new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null")
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Waits until this stands on the screen. */
    void sees(String text) {
        await().untilAsserted(() -> assertThat(screen()).contains(text));
    }

    void types(String text) throws IOException {
        var keyboard = process.getOutputStream();
        keyboard.write(text.getBytes(UTF_8));
        keyboard.flush();
    }

    /** Answers a question once it is asked. */
    void answers(String question, String answer) throws IOException {
        sees(question);
        types(answer + "\r");
    }

    String screen() {
        synchronized (screen) {
            return screen.toString();
        }
    }

    private void show(String text) {
        synchronized (screen) {
            screen.append(text);
        }
    }

    int exit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
