package io.berth.k8s.plan;

import io.berth.allocator.Address;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A comparison as people read it: what changes, then what is gained, who goes without, and what else to look at. */
public final class ComparisonText {

    private ComparisonText() {}

    public static String of(Comparison comparison) {
        return Stream.of(
                        changes(comparison),
                        comparison.gains().isEmpty() ? "" : "Gained:\n" + table(comparison.gains()),
                        pending(comparison.pending()),
                        comparison.warnings().isEmpty()
                                ? ""
                                : "New warnings:\n" + PlanText.warnings(comparison.warnings()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String changes(Comparison comparison) {
        int unchanged = comparison.unchanged();
        if (comparison.changes().isEmpty()) {
            return "nothing changes: "
                    + (unchanged == 1
                            ? "1 service keeps its address\n"
                            : unchanged + " services keep their addresses\n");
        }
        int changed = comparison.changes().size();
        return (changed == 1 ? "1 service changes" : changed + " services change") + ", " + unchanged
                + (unchanged == 1 ? " keeps its address:\n" : " keep their addresses:\n") + table(comparison.changes());
    }

    private static String pending(List<Change> pending) {
        return pending.isEmpty()
                ? ""
                : "Without an address:\n"
                        + Table.of(
                                        List.of("NAMESPACE", "SERVICE", "REASON", "MESSAGE"),
                                        pending.stream()
                                                .map(change -> List.of(
                                                        change.service().namespace(),
                                                        change.service().name(),
                                                        ApiText.reason(ServiceTree.summary(change.after())),
                                                        change.message())))
                                .text();
    }

    private static String table(List<Change> changes) {
        return Table.of(
                        List.of("NAMESPACE", "SERVICE", "BEFORE", "AFTER", "POOL", "REASON", "MESSAGE"),
                        changes.stream().map(ComparisonText::row))
                .text();
    }

    private static List<String> row(Change change) {
        JsonNode after = ServiceTree.summary(change.after());
        return List.of(
                change.service().namespace(),
                change.service().name(),
                change.before().isEmpty()
                        ? ApiText.NONE
                        : change.before().stream().map(Address::toString).collect(Collectors.joining(",")),
                ApiText.address(after),
                ApiText.pool(after),
                ApiText.reason(after),
                change.message());
    }
}
