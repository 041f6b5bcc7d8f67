package io.berth.testenv.bench.kubernetes;

import java.util.List;
import java.util.Optional;

/** All that was measured in one run. */
record Figures(List<Figure> all) {

    Figures {
        all = List.copyOf(all);
    }

    static Figures parse(List<String> lines) {
        return new Figures(lines.stream().map(Figure::parse).toList());
    }

    Optional<Figure> find(Contender contender, Metric metric) {
        return all.stream()
                .filter(figure -> figure.contender() == contender && figure.metric() == metric)
                .findFirst();
    }
}
