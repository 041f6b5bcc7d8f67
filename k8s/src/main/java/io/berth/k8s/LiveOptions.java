package io.berth.k8s;

import io.berth.k8s.live.Reading;
import io.berth.k8s.live.Server;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Which running process is asked, and how its answer is printed. */
@SuppressWarnings("NullAway.Init")
final class LiveOptions {

    /** Exit status where there is no answer, or nobody of the name that was asked for. */
    static final int NOT_SO = 1;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7472",
            description = "The process to ask (default: ${DEFAULT-VALUE}).")
    private Server server;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            defaultValue = "table",
            description = "How to print it (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    /** The command that has these options. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    Server server() {
        return server;
    }

    /**
     * Prints what was told, or says on the command's standard error why nothing was.
     *
     * @param text of the tree, for people
     * @return the command's exit status
     */
    int print(Reading reading, Function<JsonNode, String> text) {
        return switch (reading) {
            case Reading.Told(JsonNode tree) -> {
                output.print(command, () -> tree, () -> text.apply(tree));
                yield 0;
            }
            case Reading.NotTold(String why) -> {
                command.commandLine().getErr().println(command.qualifiedName() + ": " + why);
                yield NOT_SO;
            }
        };
    }
}
