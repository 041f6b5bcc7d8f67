package io.berth.testenv.demo;

import io.berth.testenv.demo.DemoRouter.TableEntry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Prints each line that comes into the router's BGP table and each that leaves it. */
final class TableWatch {

    private static final Duration GLANCE = Duration.ofMillis(500);

    private final DemoRouter router;
    private Set<TableEntry> shown;

    TableWatch(DemoRouter router) {
        this.router = router;
        this.shown = new LinkedHashSet<>(router.table());
    }

    void printChangesWhile(BooleanSupplier running) {
        while (running.getAsBoolean()) {
            LockSupport.parkNanos(GLANCE.toNanos());
            printChanges(router.table());
        }
    }

    private void printChanges(List<TableEntry> table) {
        var now = new LinkedHashSet<>(table);
        shown.stream()
                .filter(entry -> !now.contains(entry))
                .forEach(entry -> System.out.println("- " + entry.prefix()));
        now.stream()
                .filter(entry -> !shown.contains(entry))
                .forEach(entry -> System.out.println("+ " + entry.prefix() + " via " + entry.nextHop()));
        shown = now;
    }
}
