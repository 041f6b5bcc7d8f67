package io.berth.testenv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table: the first column is words, the others are figures. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        String rule = "|---" + "|---:".repeat(rows.getFirst().size() - 1) + "|";
        return line(rows.getFirst()) + "\n" + rule + "\n"
                + rows.stream().skip(1).map(Table::line).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
