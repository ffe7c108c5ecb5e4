package dev.gatehouse.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete verbs and options. */
@Command(
        name = "completion",
        description = "Prints a script with which a shell completes verbs and options.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(gatehouse completion bash)              now; in ~/.bashrc, always",
            "  gatehouse completion bash > /etc/bash_completion.d/gatehouse",
            "  source <(gatehouse completion zsh)               the same in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "bash|zsh", description = "The shell.")
    private String shell = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        // One script does for both, because zsh can read completions of bash.
        if (!shell.matches("(ba|z)sh")) {
            throw new ParameterException(spec.commandLine(), "the shell is bash or zsh");
        }
        var out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("gatehouse", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
