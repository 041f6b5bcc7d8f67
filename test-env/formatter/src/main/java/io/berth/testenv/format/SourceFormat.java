package io.berth.testenv.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every Java source below a directory, and the text that each should have. */
public final class SourceFormat {

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /** Mends every source file below the directory named by the first argument, and prints what it mended. */
    public static void main(String[] arguments) throws IOException {
        var format = new SourceFormat();
        for (Path file : format.unformatted(Path.of(arguments[0]))) {
            Files.writeString(file, format.formatted(file));
            System.out.println("formatted " + file);
        }
    }

    /** The source files below {@code root} whose text is not what the formatter would write, in order of their names. */
    public List<Path> unformatted(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(SourceFormat::isSource)
                    .filter(file -> !formatted(file).equals(read(file)))
                    .sorted()
                    .toList();
        }
    }

    private String formatted(Path file) {
        try {
            return formatter.formatSourceAndFixImports(read(file));
        } catch (FormatterException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && !file.toString().contains("/target/");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
