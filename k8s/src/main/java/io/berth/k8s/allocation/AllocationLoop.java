package io.berth.k8s.allocation;

import io.berth.allocator.Outcome;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.AllocationSnapshot.Progress;
import io.berth.k8s.allocation.Statuses.Status;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Event;
import io.berth.k8s.cluster.Cluster.Written;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.lint.Lints;
import io.berth.k8s.loop.Backoff;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Tenures;
import io.berth.k8s.resource.Warning;
import io.berth.metrics.AllocationMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the addresses of all Services as they should be: follows the cluster, decides, and writes down what it decided.
 *
 * <p>Decisions are made on the loop's thread, which alone touches {@link Allocations}; they cannot fail. Writing can, so each
 * service's status is a key of its own, tried again until what stands there is what was decided. Others look at the
 * {@link #snapshot}.
 */
public final class AllocationLoop implements Cluster.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AllocationLoop.class);

    /** What may have to be seen to. */
    private sealed interface Key {

        /** The world is another, or has not been looked at yet. */
        record World() implements Key {
            @Override
            public String toString() {
                return "world";
            }
        }

        /** What a pool remembers may not be what it has to. */
        record OfPool(String pool) implements Key {
            @Override
            public String toString() {
                return pool;
            }
        }

        /** What stands on a service may not be what was decided. */
        record OfService(ServiceKey service) implements Key {
            @Override
            public String toString() {
                return service.toString();
            }
        }
    }

    private final class Work implements KeyedLoop.Work<Key> {
        @Override
        public Result run(Key key) {
            return switch (key) {
                case Key.World _ -> follow();
                case Key.OfService(ServiceKey service) -> write(service);
                case Key.OfPool(String pool) -> writeTenures(pool);
            };
        }

        @Override
        public void idle() {
            publish();
        }
    }

    private final Cluster cluster;
    private final AllocationMeters meters;
    private final LoopThread thread;
    private final KeyedLoop<Key> loop;

    // Owned by the loop's thread.
    private final Allocations allocations;
    private final Map<ServiceKey, List<Event>> told = new HashMap<>();
    private List<Warning> warnings = List.of();
    private List<ConfigError> errors = List.of();

    /** By the names of pools; no entry where what a pool remembers must stand. */
    private Map<String, String> tenures = Map.of();

    private Instant waking = Instant.MAX;

    private volatile AllocationSnapshot snapshot = AllocationSnapshot.EMPTY;

    public AllocationLoop(Cluster cluster, AllocationSettings settings, AllocationMeters meters, LoopThread thread) {
        this.cluster = cluster;
        this.meters = meters;
        this.allocations = new Allocations(settings);
        this.thread = thread;
        this.loop = new KeyedLoop<>(thread, Backoff.DEFAULT, new Work());
    }

    /** Notes that the cluster's state has changed. */
    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.mark(new Key.World());
    }

    /** What the loop has come to. From any thread. */
    public AllocationSnapshot snapshot() {
        return snapshot;
    }

    /** Stops deciding and writing; a write that is under way is waited for, for a few seconds at most. */
    @Override
    public void close() {
        loop.close();
    }

    private Result follow() {
        ClusterState state = cluster.state();
        allocations.advance(thread.now());
        allocations.follow(state);
        for (Optional<Decided> turn = decide(); turn.isPresent(); ) {
            turn = decide();
        }
        told.keySet().removeIf(key -> allocations.service(key).isEmpty());
        remember(state);
        allocations.all().stream()
                .filter(this::isUnsettled)
                .forEach(decided -> loop.mark(new Key.OfService(decided.service())));
        remark(state);
        wakeInTime();
        return Result.DONE;
    }

    /** Before services are told what they have, so that as a rule an address is remembered by the time it is announced. */
    private void remember(ClusterState state) {
        tenures = allocations.tenures().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Tenures.text(entry.getValue())));
        state.pools().stream()
                .filter(pool -> !isRemembered(pool))
                .forEach(pool -> loop.mark(new Key.OfPool(pool.meta().name())));
    }

    private boolean isRemembered(IPAddressPool pool) {
        return pool.tenuresText().equals(tenures.getOrDefault(pool.meta().name(), pool.tenuresText()));
    }

    private Result writeTenures(String name) {
        Optional<IPAddressPool> outdated = cluster.state().pools().stream()
                .filter(pool -> pool.meta().name().equals(name) && !isRemembered(pool))
                .findFirst();
        return outdated.isEmpty()
                        || cluster.writeTenures(outdated.get(), tenures.getOrDefault(name, "")) == Written.DONE
                ? Result.DONE
                : Result.AGAIN;
    }

    /** Looks at the world again when an address comes free because it was kept long enough. */
    private void wakeInTime() {
        Instant now = thread.now();
        Instant next = allocations.nextEnd().orElse(Instant.MAX);
        if (next.isBefore(waking) || !waking.isAfter(now) && !next.equals(Instant.MAX)) {
            waking = next;
            thread.execute(() -> loop.mark(new Key.World()), Duration.between(now, next));
        }
    }

    private Optional<Decided> decide() {
        long start = System.nanoTime();
        Optional<Decided> turn = allocations.next();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        turn.flatMap(Decided::counted).ifPresent(decision -> meters.decided(decision, took));
        return turn;
    }

    /** Whether the status does not say yet what was decided, or the owner has not been told. */
    private boolean isUnsettled(Decided decided) {
        Service service = allocations.service(decided.service()).orElseThrow();
        return Statuses.patch(service, decided).isPresent() || !isTold(Statuses.events(service, decided), service);
    }

    private boolean isTold(List<Event> events, Service service) {
        return events.equals(told.getOrDefault(service.meta().key(), List.of()));
    }

    private Result write(ServiceKey key) {
        Optional<Service> service = allocations.service(key);
        Optional<Decided> decided = allocations.decided(key);
        if (service.isEmpty() || decided.isEmpty()) {
            return Result.DONE;
        }
        Optional<Status> patch = Statuses.patch(service.get(), decided.get());
        if (patch.isPresent()) {
            Status status = patch.get();
            if (cluster.writeStatus(service.get(), status.addresses(), status.pool()) == Written.CONFLICT) {
                return Result.AGAIN;
            }
            Statuses.lost(service.get(), status, decided.get()).ifPresent(this::tell);
        }
        List<Event> events = Statuses.events(service.get(), decided.get());
        if (!isTold(events, service.get())) {
            events.forEach(this::tell);
            told.put(key, events);
        }
        return Result.DONE;
    }

    /** Says once what is wrong with the world, and what is probably not meant. */
    private void remark(ClusterState state) {
        List<ConfigError> errorsNow = Stream.of(
                        state.errors(), allocations.configuration().errors())
                .flatMap(List::stream)
                .toList();
        List<Warning> warningsNow = Lints.of(state, allocations.configuration());
        added(errors, errorsNow).forEach(error -> LOG.error("invalid problem=\"{}\"", error.line()));
        added(errorsNow, errors).forEach(error -> LOG.info("mended problem=\"{}\"", error.line()));
        added(warnings, warningsNow)
                .forEach(warning ->
                        LOG.warn("{} object={} message=\"{}\"", warning.reason(), warning.object(), warning.message()));
        errors = errorsNow;
        warnings = warningsNow;
    }

    private static <T> Stream<T> added(List<T> before, List<T> now) {
        return now.stream().filter(one -> !before.contains(one));
    }

    private void publish() {
        AllocationSnapshot before = snapshot;
        snapshot = new AllocationSnapshot(Progress.SETTLED, allocations.all(), allocations.usage(), warnings, errors);
        meters.used(snapshot.pools());
        if (before.progress() == Progress.STARTING) {
            LOG.info(
                    "started services={} pools={} adopted={}",
                    snapshot.services().size(),
                    snapshot.pools().size(),
                    snapshot.services().stream().filter(AllocationLoop::isKept).count());
        }
        before.services().stream()
                .filter(decided -> allocations.service(decided.service()).isEmpty())
                .filter(decided -> !decided.addresses().isEmpty())
                .forEach(decided -> LOG.info(
                        "deleted object=Service/{} message=\"{} free again\"", decided.service(), decided.addresses()));
    }

    private static boolean isKept(Decided decided) {
        return decided instanceof Decided.Considered(Outcome.Assigned assigned)
                && assigned.cause() != Outcome.Cause.ALLOCATED
                && assigned.cause() != Outcome.Cause.REASSIGNED;
    }

    private void tell(Event event) {
        LOG.atLevel(event.type() == Event.Type.WARNING ? Level.WARN : Level.INFO)
                .log("{} object={} message=\"{}\"", event.reason(), event.object(), event.message());
        cluster.event(event);
    }
}
