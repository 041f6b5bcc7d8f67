package io.berth.testenv.kube;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program that does one thing and ends. */
record Command(List<String> words) {

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /**
     * Runs it with this text as its standard input and returns its standard output.
     *
     * @throws IllegalStateException when it ends with another status than 0; the message has its standard error
     */
    String output(String input) {
        try {
            Process process = new ProcessBuilder(words).start();
            var errors = CompletableFuture.supplyAsync(() -> all(process.errorReader()));
            give(input, process.outputWriter());
            String output = all(process.inputReader());
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        "'" + String.join(" ", words) + "' ended with status " + status + ": " + errors.join());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void give(String input, Writer stdin) {
        try (stdin) {
            stdin.write(input);
        } catch (IOException e) {
            // It ended without having read everything; its status says whether that is an error.
        }
    }

    private static String all(Reader reader) {
        try (reader) {
            return reader.readAllAsString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
