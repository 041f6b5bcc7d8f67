package io.berth.testenv.bench.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Measures one contender on a cluster of its own, and adds the figures to a file. */
public final class Measure {

    private Measure() {}

    /** {@code CONTENDER FIGURES LOGS [PROGRAMS] [--quick]}: the programs are MetalLB's. */
    public static void main(String[] arguments) throws IOException {
        List<String> words =
                Stream.of(arguments).filter(word -> !word.equals("--quick")).toList();
        Size size = words.size() < arguments.length ? Size.QUICK : Size.FULL;
        Contender contender = Contender.of(words.get(0));
        Contestant contestant = switch (contender) {
            case BERTH -> new BerthProcesses();
            case METALLB -> new MetalLbProcesses(Path.of(words.get(3)));
        };
        Path figures = Path.of(words.get(1));
        Path logs = Files.createDirectories(Path.of(words.get(2)).resolve("kubernetes-" + contender));
        try (Site site = new Site(contestant, logs)) {
            try (Server speaker = site.startSpeaker();
                    Server controller = site.startController()) {
                speaker.awaitReady();
                controller.awaitReady();
                add(figures, new Latency(contender, site).measure(size.rounds()).toList());
            }
            add(figures, new Load(contender, site, size).measure().toList());
        }
    }

    private static void add(Path file, List<Figure> figures) throws IOException {
        List<String> lines = figures.stream().map(Figure::toString).toList();
        lines.forEach(System.out::println);
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
