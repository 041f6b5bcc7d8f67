package io.berth.k8s;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. Everything said here of help, exit status and layout holds for every command. */
@Command(
        name = "berth",
        description = "LoadBalancer addresses for bare-metal Kubernetes.",
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            StatusCommand.class,
            PoolsCommand.class,
            AllocationsCommand.class,
            PeersCommand.class,
            RoutesCommand.class,
            AnnounceCommand.class,
            CollectCommand.class
        },
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        showDefaultValues = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the thing asked for is not so", "2:wrong usage, or input that is not valid"},
        footer = {
            "",
            "Every option has an environment variable of the same name: --node-name is BERTH_NODE_NAME.",
            "An option that is given wins over the variable. Options that only choose what is shown have none."
        })
final class BerthCommand implements Runnable {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log details, and print stack traces with errors.")
    boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
