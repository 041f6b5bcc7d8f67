package io.berth.testenv.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A process that ends the servers and removes their folder when this JVM has gone, in whatever way, or has closed it. It sees
 * that by the end of its standard input, which a killed JVM cannot fail to bring about; a shutdown hook would not run then.
 */
final class Undertaker implements AutoCloseable {

    /** The name of a file in the folder, before the process id of a server that lives. */
    static final String LIVING = "living-";

    private static final String SCRIPT = """
        trap '' INT TERM HUP
        read -r nothing_but_the_end
        for living in "$1"/%s*; do
          [ ! -e "$living" ] || kill -9 "${living##*-}"
        done
        for try in 1 2 3 4 5 6 7 8 9 10; do
          rm -rf "$1" && break
          sleep 0.1
        done
        """.formatted(LIVING);

    private final Process process;

    private Undertaker(Process process) {
        this.process = process;
    }

    /** One for this folder, which holds the marks of its servers. */
    static Undertaker of(Path home) {
        try {
            return new Undertaker(new ProcessBuilder("sh", "-c", SCRIPT, "undertaker", home.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the servers and their folder are gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
