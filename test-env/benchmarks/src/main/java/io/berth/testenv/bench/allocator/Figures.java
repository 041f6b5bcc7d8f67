package io.berth.testenv.bench.allocator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that was measured in one run. */
record Figures(List<Figure> all) {

    Figures {
        all = List.copyOf(all);
    }

    static Figures parse(List<String> lines) {
        return new Figures(lines.stream().map(Figure::parse).toList());
    }

    Optional<Figure> find(Point point, Metric metric) {
        return all.stream()
                .filter(figure -> figure.contender() == point.contender()
                        && figure.scenario() == point.scenario()
                        && figure.block().equals(point.block())
                        && figure.size() == point.size()
                        && figure.metric() == metric)
                .findFirst();
    }

    /** The sizes at which somebody was measured, in order. */
    Stream<Integer> sizes(Scenario scenario, String block) {
        return all.stream()
                .filter(figure ->
                        figure.scenario() == scenario && figure.block().equals(block))
                .map(Figure::size)
                .distinct()
                .sorted();
    }

    boolean know(Contender contender) {
        return all.stream().anyMatch(figure -> figure.contender() == contender);
    }
}
