package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.PolicyText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the operator allows beyond the manifest (D15.7). */
@Command(
        name = "policy",
        description = "Shows the policy in force, says what it would decide, and pins the tools it was written for.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PolicyCommand.Show.class, PolicyPin.class, PolicyTrial.class})
final class PolicyCommand {
    private PolicyCommand() {}

    /** Prints all that holds, set or not. */
    @Command(
            name = "show",
            description =
                    "Prints the whole policy that holds, with what the file leaves to the defaults. The output is a policy file.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            defaultValueProvider = ServeVariables.class,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:shown", "1:the policy is wrong", "2:wrong usage"},
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse policy show                        what holds without a policy file",
                "  gatehouse policy show --policy policy.yaml"
            })
    static final class Show implements Callable<Integer> {
        @Mixin
        private final RobotOptions robot = new RobotOptions();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                robot.check();
                var policy = Policy.in(robot.policy());
                var out = spec.commandLine().getOut();
                out.println("# policy_sha256 " + policy.sha256());
                out.print(PolicyText.of(policy));
                out.flush();
                return 0;
            } catch (ConfigException e) {
                spec.commandLine().getErr().println("gatehouse policy show: " + e.getMessage());
                return 1;
            }
        }
    }
}
