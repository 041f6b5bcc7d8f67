package io.berth.testenv.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a reader of a README types: the commands in its code blocks, as they stand there.
 *
 * @param lines of one section
 */
record Readme(List<String> lines) {

    private static final String FENCE = "```";

    /** The section under this heading of the second level. */
    static Readme section(Path readme, String heading) {
        try {
            List<String> after = Files.readAllLines(readme).stream()
                    .dropWhile(line -> !line.equals("## " + heading))
                    .skip(1)
                    .toList();
            if (after.isEmpty()) {
                throw new AssertionError(readme + " has no section '" + heading + "'");
            }
            return new Readme(
                    after.stream().takeWhile(line -> !line.startsWith("## ")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The code blocks that belong to the paragraph or the step that begins so, up to the next one.
     *
     * @throws AssertionError when it has none
     */
    String commandsUnder(String beginning) {
        var commands = new StringBuilder();
        boolean here = false;
        boolean fenced = false;
        String previous = "";
        for (String line : lines) {
            if (line.strip().equals(FENCE)) {
                fenced = !fenced;
            } else if (fenced && here) {
                commands.append(line.strip()).append('\n');
            } else if (!fenced && begins(line, previous)) {
                here = line.startsWith(beginning);
            }
            previous = line;
        }
        if (commands.isEmpty()) {
            throw new AssertionError("there are no commands under '" + beginning + "'");
        }
        return commands.toString();
    }

    /** A paragraph or a step; what is indented belongs to the step before it. */
    private static boolean begins(String line, String previous) {
        return line.matches("\\d+\\. .*") || previous.isBlank() && line.matches("\\S.*");
    }
}
