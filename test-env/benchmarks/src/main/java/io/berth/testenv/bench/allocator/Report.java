package io.berth.testenv.bench.allocator;

import io.berth.testenv.bench.Facts;
import io.berth.testenv.bench.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what was measured into the page. */
public final class Report {

    private Report() {}

    /** {@code FIGURES FACTS PAGE}: facts are lines of a name and a value with a tab between them. */
    public static void main(String[] arguments) throws IOException {
        Figures figures = Figures.parse(Files.readAllLines(Path.of(arguments[0])));
        String section =
                new AllocatorSection(figures).text(Page.template(Report.class), Facts.read(Path.of(arguments[1])));
        Page.write(Path.of(arguments[2]), "allocator", section);
    }
}
