package io.berth.testenv.bench.allocator;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What a start needs of memory: what collections left of the heap at most and at the end, and what the process had of the
 * system. The scenario itself must ask for a collection at the end, while it still holds what it made.
 */
public final class MemoryProfiler implements InternalProfiler {

    private final BlockingQueue<Long> leftByCollections = new LinkedBlockingQueue<>();
    private long collectionsBefore;

    @Override
    public String getDescription() {
        return "heap after collections, and resident memory";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        collectionsBefore = collections();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, _) -> leftByCollections.add(left(notification.getUserData())), null, null);
        }
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return List.of(
                bytes(Metric.PEAK_HEAP_BYTES, peak()),
                bytes(Metric.LIVE_HEAP_BYTES, leftByTheLast()),
                bytes(Metric.PEAK_RSS_BYTES, residentAtMost()));
    }

    private static ScalarResult bytes(Metric metric, long bytes) {
        return new ScalarResult(metric.toString(), bytes, "B", AggregationPolicy.AVG);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long left(Object collection) {
        Map<String, MemoryUsage> pools = GarbageCollectionNotificationInfo.from((CompositeData) collection)
                .getGcInfo()
                .getMemoryUsageAfterGc();
        return heapPools()
                .mapToLong(pool ->
                        pools.getOrDefault(pool.getName(), pool.getUsage()).getUsed())
                .sum();
    }

    private static java.util.stream.Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** Collections are told of by another thread, so the last may still be on its way. */
    private long peak() {
        long peak = 0;
        try {
            for (long told = collections() - collectionsBefore; told > 0; told--) {
                Long left = leftByCollections.poll(10, TimeUnit.SECONDS);
                if (left == null) {
                    throw new IllegalStateException("a collection was not told of");
                }
                peak = Math.max(peak, left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return peak;
    }

    private static long leftByTheLast() {
        return heapPools()
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    private static long residentAtMost() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
