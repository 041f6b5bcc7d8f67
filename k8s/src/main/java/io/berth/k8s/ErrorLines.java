package io.berth.k8s;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line on standard error; the stack trace is for those who ask for it with {@code --debug}. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Exit status of wrong usage and of input that is not valid. */
    static final int INVALID = 2;

    private static final Pattern CONSTANTS = Pattern.compile("(\\[[A-Z_, ]+]) \\(case-insensitive\\)");

    private final BerthCommand root;
    private final Map<String, String> environment;

    ErrorLines(BerthCommand root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String problem = decapitalised(oneLine(problem(wrong)));
        PrintWriter err = command.getErr();
        err.println(name + ": " + problem + origin(wrong) + suggestion(wrong) + " (see '" + name + " --help')");
        trace(wrong, err);
        return INVALID;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, @Nullable ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + oneLine(sentence(failure)));
        trace(failure, err);
        return INVALID;
    }

    /** The parser speaks of arguments, their places and the names of constants; people know commands and words. */
    private static String problem(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            boolean atRoot = wrong.getCommandLine().getParent() == null;
            return (atRoot ? "unknown command" : "unexpected argument") + " '"
                    + unmatched.getUnmatched().getFirst() + "'";
        }
        String message = Objects.requireNonNullElse(wrong.getMessage(), "wrong usage");
        return CONSTANTS
                .matcher(message)
                .replaceAll(constants -> constants.group(1).toLowerCase(Locale.ROOT));
    }

    /** What an exception of the system says is often a bare file name; what a mistake of ours says needs its type. */
    private String sentence(Exception failure) {
        Exception cause = failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null
                ? unchecked.getCause()
                : failure;
        return switch (cause) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NotDirectoryException file -> file.getFile() + ": not a directory";
            case FileSystemException other ->
                other.getFile() + ": " + Objects.requireNonNullElse(other.getReason(), other.toString());
            case IOException other when other.getMessage() != null -> other.getMessage();
            default -> "internal error: " + cause + (root.debug ? "" : " (--debug prints where)");
        };
    }

    /** The value of an option may come from a variable that its user has forgotten. */
    private String origin(ParameterException wrong) {
        return Optional.ofNullable(wrong.getArgSpec())
                .flatMap(EnvironmentDefaults::variable)
                .filter(variable -> environment.containsKey(variable)
                        && Objects.equals(environment.get(variable), wrong.getValue()))
                .map(variable -> ", from " + variable)
                .orElse("");
    }

    private static String suggestion(ParameterException wrong) {
        List<String> nearest =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return nearest.isEmpty() ? "" : "; did you mean " + nearest.getFirst() + "?";
    }

    private void trace(Exception failure, PrintWriter err) {
        if (root.debug) {
            failure.printStackTrace(err);
        }
    }

    private static String decapitalised(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
