package dev.gatehouse.cli;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** People with their token files, in front of a real server. */
record Bench(TestServer server, Path directory) {
    /** The file with somebody's token. */
    Path tokenOf(Who who) {
        var file = directory.resolve(who.name() + ".token");
        try {
            if (Files.notExists(file)) {
                AtomicFile.write(file, (who.token() + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** A verb as somebody types it, with the options that lead to the server right behind it. */
    CliRun run(Who who, String verb, String... words) {
        return CliRun.of(words(server.url(), who, verb, words).toArray(String[]::new));
    }

    /** The words of the same at another address. */
    List<String> words(String url, Who who, String verb, String... words) {
        var all = new ArrayList<>(List.of(verb.split(" ")));
        all.addAll(List.of("--url", url, "--token-file", tokenOf(who).toString()));
        all.addAll(List.of(words));
        return all;
    }
}
