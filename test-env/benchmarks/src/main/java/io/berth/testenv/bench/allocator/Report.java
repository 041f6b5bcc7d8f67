package io.berth.testenv.bench.allocator;

import io.berth.testenv.bench.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes what was measured into the page. */
public final class Report {

    private static final String TITLE = """
        # Benchmarks

        What Berth costs, measured by `./test-env/bench`, which writes this page: a section for each benchmark.
        """;

    private Report() {}

    /** {@code FIGURES FACTS PAGE}: facts are lines of a name and a value with a tab between them. */
    public static void main(String[] arguments) throws IOException {
        Figures figures = Figures.parse(Files.readAllLines(Path.of(arguments[0])));
        Map<String, String> facts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] fact = line.split("\t", 2);
            facts.put(fact[0], fact[1]);
        }
        Path file = Path.of(arguments[2]);
        Page page = new Page(Files.exists(file) ? Files.readString(file) : TITLE);
        String section = new AllocatorSection(figures).text(template(), facts);
        Files.writeString(file, page.with("allocator", section).text());
    }

    private static String template() throws IOException {
        try (InputStream text = Objects.requireNonNull(Report.class.getResourceAsStream("section.md"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
