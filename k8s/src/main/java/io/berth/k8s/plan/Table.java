package io.berth.k8s.plan;

import io.berth.k8s.resource.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns of text as kubectl lays them out: capitals above, three blanks between, nothing after the last. Whatever a tenant has
 * written into what a cell says, it stays in its row.
 *
 * @param header one title a column
 * @param rows   as many cells each; an empty cell is empty
 */
public record Table(List<String> header, List<List<String>> rows) {

    private static final String BETWEEN = "   ";

    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(row -> row.stream().map(OneLine::of).toList()).toList();
        int columns = header.size();
        if (!rows.stream().allMatch(row -> row.size() == columns)) {
            throw new IllegalArgumentException("every row must have " + columns + " cells: " + rows);
        }
    }

    public static Table of(List<String> header, Stream<List<String>> rows) {
        return new Table(header, rows.toList());
    }

    /** The lines, each with its line end. */
    public String text() {
        List<Integer> widths =
                IntStream.range(0, header.size()).mapToObj(this::width).toList();
        List<List<String>> lines = new ArrayList<>(rows);
        lines.addFirst(header);
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
    }

    private int width(int column) {
        return Stream.concat(Stream.of(header), rows.stream())
                .mapToInt(line -> length(line.get(column)))
                .max()
                .orElse(0);
    }

    private static String line(List<String> cells, List<Integer> widths) {
        String padded = IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get(i) + " ".repeat(widths.get(i) - length(cells.get(i))))
                .collect(Collectors.joining(BETWEEN));
        return padded.stripTrailing() + "\n";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
