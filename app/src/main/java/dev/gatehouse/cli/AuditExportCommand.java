package dev.gatehouse.cli;

import dev.gatehouse.audit.AuditExport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands the record to somebody else (D14.8). */
@Command(
        name = "export",
        description =
                "Copies the records that the signed head covers, the head, the public key and a verifier that needs only Node"
                        + " into a new directory. Works beside a running server.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written, and intact",
            "1:written, and tampered with; it may be evidence",
            "2:wrong usage, or nothing could be written",
            "3:written, and incomplete"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse audit export /media/usb/audit-2026-11",
            "  gatehouse audit export --dir /var/lib/gatehouse/audit ./evidence && node ./evidence/verify.mjs"
        })
final class AuditExportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIRECTORY",
            arity = "0..1",
            defaultValue = "audit-export",
            description = "To be made; there must be nothing of this name yet. Default: ${DEFAULT-VALUE}.")
    private Path target = Path.of("audit-export");

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The audit directory. Default: audit in the state directory of this user.")
    private @Nullable Path directory;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var log = directory == null ? StatePath.standard().resolve("audit") : directory;
        try {
            var verification = AuditExport.write(log, target);
            var out = spec.commandLine().getOut();
            out.println("wrote " + target);
            out.println(AuditCommand.sentence(verification));
            out.println("How somebody else checks it stands in " + target.resolve("VERIFY.md"));
            out.flush();
            return verification.exitCode();
        } catch (FileAlreadyExistsException e) {
            return refuse(target + " is there already; name a new directory");
        } catch (NoSuchFileException e) {
            return refuse(e.getFile() + " is not there");
        } catch (IOException e) {
            return refuse(log + " cannot be copied to " + target);
        }
    }

    private int refuse(String message) {
        spec.commandLine().getErr().println("gatehouse audit export: " + message);
        return 2;
    }
}
