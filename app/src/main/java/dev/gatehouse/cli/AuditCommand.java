package dev.gatehouse.cli;

import dev.gatehouse.audit.AuditVerifier;
import dev.gatehouse.audit.Verification;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Glyphs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The record of everything that was asked and done. */
@Command(
        name = "audit",
        description = "Reads and checks the record of everything that was asked and done.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditCommand.Verify.class, AuditTail.class, AuditExportCommand.class})
final class AuditCommand {
    private AuditCommand() {}

    /** Says whether the record is whole (D14.8). */
    @Command(
            name = "verify",
            description = "Checks every record, every link and the signed head; needs no running server.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:intact",
                "1:tampered with: something was changed, removed, added or reordered",
                "2:wrong usage, or the files cannot be read",
                "3:incomplete: half a last record, or records the signed head does not cover yet"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse audit verify",
                "  gatehouse audit verify --dir /var/lib/gatehouse/audit --key /media/usb/key.ed25519.pub --json"
            })
    static final class Verify implements Callable<Integer> {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "The audit directory. Default: audit in the state directory of this user.")
        private @Nullable Path directory;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "Public key to check the head with. Keep a copy away from the log: a key beside it proves"
                        + " nothing against somebody who can replace both.")
        private @Nullable Path key;

        @Option(names = "--from", paramLabel = "SEQ", defaultValue = "1", description = "First record to check.")
        private long from;

        @Option(names = "--json", description = "Print one JSON object and nothing else.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            var where = directory == null ? StatePath.standard().resolve("audit") : directory;
            var publicKey = key == null ? AuditVerifier.publicKeyOf(where) : key;
            try {
                var verification = AuditVerifier.verify(where, publicKey, from);
                var out = spec.commandLine().getOut();
                out.println(json ? Json.line(verification.toJson()) : sentence(verification));
                out.flush();
                return verification.exitCode();
            } catch (IOException e) {
                spec.commandLine().getErr().println("gatehouse audit verify: " + where + " cannot be read");
                return 2;
            }
        }
    }

    /** What was found, in one line. */
    static String sentence(Verification verification) {
        var signs = Glyphs.ofStandardOutput();
        return switch (verification) {
            case Verification.Intact intact -> signs.yes() + " intact: " + intact.records() + " records";
            case Verification.Tampered tampered ->
                signs.no() + " tampered: " + tampered.what() + " at record " + tampered.seq() + " (" + tampered.file()
                        + " line " + tampered.line() + ")";
            case Verification.Incomplete incomplete ->
                "~ incomplete: " + incomplete.what() + " after " + incomplete.records() + " records";
        };
    }
}
