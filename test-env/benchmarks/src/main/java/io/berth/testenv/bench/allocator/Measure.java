package io.berth.testenv.bench.allocator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Measures the points of a part of the benchmark, one after the other, and adds what it finds to a file. */
public final class Measure {

    /** JMH's names of what becomes a figure. */
    private static final Map<String, Metric> METRICS = Map.of(
            "gc.alloc.rate.norm", Metric.ALLOCATED_BYTES,
            "live-heap-bytes", Metric.LIVE_HEAP_BYTES,
            "peak-heap-bytes", Metric.PEAK_HEAP_BYTES,
            "peak-rss-bytes", Metric.PEAK_RSS_BYTES);

    private Measure() {}

    /** {@code churn|start FIGURES FOLDER [--quick]}: the figures go to a file, what JMH says of each point to one in the folder. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        Pace pace = List.of(arguments).contains("--quick") ? Pace.QUICK : Pace.FULL;
        List<Point> points = switch (arguments[0]) {
            case "churn" -> Point.churn(pace);
            case "start" -> Point.start(pace);
            default -> throw new IllegalArgumentException("no part is called " + arguments[0]);
        };
        for (Point point : points) {
            List<String> lines = figures(point, pace, Path.of(arguments[2]))
                    .map(Figure::toString)
                    .toList();
            Files.write(Path.of(arguments[1]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            lines.forEach(System.out::println);
        }
    }

    private static Stream<Figure> figures(Point point, Pace pace, Path logs) throws RunnerException {
        Scenario scenario = point.scenario();
        String name = Stream.of("jmh", point.contender(), scenario, point.block(), point.size())
                .map(part -> part.toString().replaceAll("[:/]+", "-"))
                .collect(Collectors.joining("-", "", ".log"));
        ChainedOptionsBuilder options = pace.options(point)
                .include(Pattern.quote(scenario.benchmark().getName() + "." + scenario) + "$")
                .param(scenario.size(), String.valueOf(point.size()))
                .addProfiler(scenario.benchmark() == ColdStart.class ? MemoryProfiler.class : GCProfiler.class)
                .shouldFailOnError(true)
                .output(logs.resolve(name).toString());
        if (scenario == Scenario.ONE_POOL || scenario == Scenario.BURST) {
            options.param("block", point.block());
        }
        options.jvmArgsAppend(point.contender().flags());
        return new Runner(options.build()).run().stream().flatMap(run -> figures(point, run));
    }

    private static Stream<Figure> figures(Point point, RunResult run) {
        Stream<Figure> others = METRICS.entrySet().stream()
                .flatMap(entry -> Stream.ofNullable(run.getSecondaryResults().get(entry.getKey()))
                        .map(result -> figure(point, entry.getValue(), result.getStatistics())));
        return Stream.concat(
                Stream.of(
                        figure(point, Metric.NANOSECONDS, run.getPrimaryResult().getStatistics())),
                others);
    }

    private static Figure figure(Point point, Metric metric, Statistics samples) {
        return new Figure(
                point.contender(),
                point.scenario(),
                point.block(),
                point.size(),
                metric,
                samples.getPercentile(50),
                samples.getMin(),
                samples.getMax());
    }
}
