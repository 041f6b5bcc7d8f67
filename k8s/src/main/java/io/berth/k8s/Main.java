package io.berth.k8s;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The process called berth. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(berth(System.getenv()).execute(arguments));
    }

    private static int run(BerthCommand root, ParseResult parsed) {
        if (root.debug && LoggerFactory.getLogger("io.berth") instanceof Logger ours) {
            ours.setLevel(Level.DEBUG);
        }
        return new RunLast().execute(parsed);
    }

    private static PrintWriter printer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** The whole command line, with the environment that stands in for options which are not given. */
    static CommandLine berth(Map<String, String> environment) {
        BerthCommand root = new BerthCommand();
        ErrorLines errors = new ErrorLines(root, environment);
        return Values.readBy(new CommandLine(root))
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setExecutionStrategy(parsed -> run(root, parsed))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setOut(printer(System.out))
                .setErr(printer(System.err));
    }
}
