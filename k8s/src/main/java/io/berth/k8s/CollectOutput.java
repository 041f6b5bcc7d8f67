package io.berth.k8s;

import io.berth.bgp.AddressLiteral;
import io.berth.k8s.collect.Change;
import io.berth.k8s.collect.ChangeLines;
import io.berth.k8s.collect.Collector;
import io.berth.k8s.plan.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** What {@code berth collect} prints, on the collector's thread. */
final class CollectOutput implements Collector.Telling {

    private final PrintWriter out;
    private final PrintWriter err;
    private final LineFormat format;

    CollectOutput(CommandLine command, LineFormat format) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.format = format;
    }

    /** In one piece: a full table comes in hundreds of thousands of lines. */
    @Override
    public void changed(List<Change> changes, Instant when) {
        out.print(changes.stream().map(change -> line(change, when) + "\n").collect(Collectors.joining()));
        out.flush();
    }

    private String line(Change change, Instant when) {
        return switch (format) {
            case TEXT -> ChangeLines.text(change);
            case JSON -> ChangeLines.json(change, when);
        };
    }

    @Override
    public void notice(String text) {
        err.println(text);
    }

    /** What there is in the end, for people: the lines before it told of changes only. */
    void table(List<Change.Announced> routes) {
        if (format == LineFormat.TEXT && !routes.isEmpty()) {
            out.print(Table.of(
                            List.of("PREFIX", "NEXT HOP", "FROM", "ATTRIBUTES"),
                            routes.stream().map(CollectOutput::row))
                    .text());
            out.flush();
        }
    }

    private static List<String> row(Change.Announced route) {
        return List.of(
                route.prefix().toString(),
                AddressLiteral.of(route.nextHop()),
                route.peer(),
                ChangeLines.described(route.attributes()));
    }
}
