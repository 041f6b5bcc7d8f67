package io.berth.k8s.allocation;

import io.berth.allocator.Outcome;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.AllocationSnapshot.Progress;
import io.berth.k8s.allocation.Statuses.Status;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Event;
import io.berth.k8s.cluster.Cluster.Written;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.loop.Backoff;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.KeyedLoop.Place;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.loop.Paced;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Tenure;
import io.berth.k8s.resource.Tenures;
import io.berth.metrics.AllocationMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
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

        /** What there is one of. */
        enum Whole implements Key {
            /** The world is another, or has not been looked at yet. */
            WORLD,
            /** Something in the world may not be meant. */
            LINTS,
            /** What is shown is no longer how things are. */
            SHOWN
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
        public CompletionStage<Result> run(Key key) {
            if (standing == Standing.BY) {
                return Result.DONE.now();
            }
            return switch (key) {
                case Key.Whole.WORLD -> here(AllocationLoop.this::follow);
                case Key.Whole.LINTS -> here(AllocationLoop.this::remark);
                case Key.Whole.SHOWN -> here(AllocationLoop.this::publish);
                case Key.OfService(ServiceKey service) -> write(service);
                case Key.OfPool(String pool) -> writeTenures(pool);
            };
        }

        private CompletionStage<Result> here(Runnable task) {
            task.run();
            return Result.DONE.now();
        }

        @Override
        public Place place(Key key) {
            return switch (key) {
                case Key.Whole _ -> Place.HERE;
                case Key.OfService _, Key.OfPool _ -> Place.AWAY;
            };
        }
    }

    /** How often lints run when services change; they look at all there is. */
    private static final Duration LINTS_OF_SERVICES = Duration.ofSeconds(1);

    /** How often they run while somebody changes the configuration, and how often what is shown is put together. */
    private static final Duration PROMPTLY = Duration.ofMillis(100);

    private final Cluster cluster;
    private final AllocationMeters meters;
    private final LoopThread thread;
    private final KeyedLoop<Key> loop;

    /** Whether this process decides. */
    private enum Standing {
        LEADING,
        BY
    }

    private final AllocationSettings settings;

    // Owned by the loop's thread.
    private Standing standing = Standing.BY;
    private Allocations allocations;
    private Promises promises;
    private final Map<ServiceKey, List<Event>> told = new HashMap<>();
    private Remarks remarks = new Remarks();
    private final Paced lints;
    private final Paced showing;
    private ClusterState followed = ClusterState.EMPTY;

    /** Services of which something else was decided, or which are other than they were, and that have not been looked at since. */
    private final Set<ServiceKey> touched = new LinkedHashSet<>();

    private Map<String, List<Tenure>> tenures = Map.of();

    /** The same as they are written; no entry where what a pool remembers must stand. */
    private Map<String, String> tenuresTexts = Map.of();

    private Instant waking = Instant.MAX;

    private volatile AllocationSnapshot snapshot = AllocationSnapshot.EMPTY;

    public AllocationLoop(Cluster cluster, AllocationSettings settings, AllocationMeters meters, LoopThread thread) {
        this.cluster = cluster;
        this.meters = meters;
        this.settings = settings;
        this.allocations = new Allocations(settings, marks());
        this.promises = new Promises();
        this.thread = thread;
        this.loop = new KeyedLoop<>(thread, Backoff.DEFAULT, new Work());
        this.lints = new Paced(thread, () -> loop.mark(Key.Whole.LINTS));
        this.showing = new Paced(thread, () -> loop.mark(Key.Whole.SHOWN));
    }

    /** Notes that the cluster's state has changed. */
    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.mark(Key.Whole.WORLD);
    }

    /** From now on this process decides, beginning with what it finds. From any thread. */
    public void lead() {
        thread.execute(() -> {
            if (standing == Standing.BY) {
                standing = Standing.LEADING;
                forgetAll();
                snapshot = AllocationSnapshot.EMPTY;
                loop.mark(Key.Whole.WORLD);
            }
        });
    }

    /** From now on another one decides; whoever leads again knows only what is written by then. From any thread. */
    public void standBy() {
        thread.execute(() -> {
            standing = Standing.BY;
            forgetAll();
            snapshot = AllocationSnapshot.STANDING_BY;
        });
    }

    private PromiseMarks marks() {
        return switch (cluster.writers()) {
            case THIS_ONE -> new PromiseMarks.None();
            case SEVERAL ->
                new PromiseMarks.Of(Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX));
        };
    }

    private void forgetAll() {
        allocations = new Allocations(settings, marks());
        promises = new Promises();
        told.clear();
        remarks = new Remarks();
        followed = ClusterState.EMPTY;
        tenures = Map.of();
        tenuresTexts = Map.of();
        waking = Instant.MAX;
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

    private void follow() {
        if (!cluster.unready().isEmpty()) {
            return;
        }
        ClusterState state = cluster.state();
        allocations.advance(thread.now());
        Allocations.Followed change = allocations.follow(state);
        change.gone().forEach(this::forget);
        // Whose turn comes first is written first; then those of whom only the status may be another than it should.
        for (Optional<Decided> turn = decide(); turn.isPresent(); turn = decide()) {
            touched.add(turn.get().service());
        }
        touched.addAll(change.changed());
        remember(state);
        touched.stream().filter(this::isUnsettled).forEach(key -> loop.mark(new Key.OfService(key)));
        touched.clear();
        show(state);
        followed = state;
        wakeInTime();
    }

    private void forget(Decided gone) {
        told.remove(gone.service());
        touched.remove(gone.service());
        if (!gone.addresses().isEmpty()) {
            LOG.info("deleted object=Service/{} message=\"{} free again\"", gone.service(), gone.addresses());
        }
    }

    private void show(ClusterState state) {
        boolean onlyServices = snapshot.progress() == Progress.SETTLED
                && state.isConfiguredAs(followed)
                && state.errors().equals(followed.errors())
                && state.warnings().equals(followed.warnings());
        lints.ask(onlyServices ? LINTS_OF_SERVICES : PROMPTLY);
        showing.ask(PROMPTLY);
    }

    /** Before services are told what they have, so that as a rule an address is remembered by the time it is announced. */
    private void remember(ClusterState state) {
        Map<String, List<Tenure>> now = allocations.tenures();
        if (!now.equals(tenures)) {
            tenures = now;
            tenuresTexts = now.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> Tenures.text(entry.getValue())));
        } else if (state.isConfiguredAs(followed)) {
            return;
        }
        state.pools().stream()
                .filter(pool -> !isRemembered(pool))
                .forEach(pool -> loop.mark(new Key.OfPool(pool.meta().name())));
    }

    private boolean isRemembered(IPAddressPool pool) {
        return pool.tenuresText().equals(tenuresTexts.getOrDefault(pool.meta().name(), pool.tenuresText()));
    }

    private CompletionStage<Result> writeTenures(String name) {
        Optional<IPAddressPool> outdated = cluster.state().pools().stream()
                .filter(pool -> pool.meta().name().equals(name) && !isRemembered(pool))
                .findFirst();
        if (outdated.isEmpty()) {
            keepPromises(name);
            return Result.DONE.now();
        }
        String text = tenuresTexts.getOrDefault(name, "");
        return cluster.writeTenures(outdated.get(), text)
                .thenApplyAsync(
                        written -> {
                            if (written == Written.DONE) {
                                keepPromises(name);
                            }
                            return result(written);
                        },
                        thread);
    }

    /** What the pool has written down by now can be given. Who is not among that has to wait until there is room. */
    private void keepPromises(String pool) {
        promises.noLongerWaiting(pool).forEach(key -> loop.mark(new Key.OfService(key)));
    }

    private static Result result(Written written) {
        return switch (written) {
            case DONE -> Result.DONE;
            case CONFLICT -> Result.AGAIN;
        };
    }

    /** Looks at the world again when an address comes free because it was kept long enough. */
    private void wakeInTime() {
        Instant now = thread.now();
        Instant next = allocations.nextEnd().orElse(Instant.MAX);
        if (next.isBefore(waking) || !waking.isAfter(now) && !next.equals(Instant.MAX)) {
            waking = next;
            thread.execute(() -> loop.mark(Key.Whole.WORLD), Duration.between(now, next));
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
    private boolean isUnsettled(ServiceKey key) {
        Service service = allocations.service(key).orElseThrow();
        Decided decided = allocations.decided(key).orElseThrow();
        return Statuses.patch(service, decided).isPresent() || !isTold(Statuses.events(service, decided), key);
    }

    private boolean isTold(List<Event> events, ServiceKey service) {
        return events.equals(told.getOrDefault(service, List.of()));
    }

    private CompletionStage<Result> write(ServiceKey key) {
        Optional<Service> service = allocations.service(key);
        Optional<Decided> decided = allocations.decided(key);
        return service.isEmpty() || decided.isEmpty() ? Result.DONE.now() : write(service.get(), decided.get());
    }

    private CompletionStage<Result> write(Service service, Decided decided) {
        Optional<Status> patch = Statuses.patch(service, decided);
        if (patch.isEmpty()) {
            tellOf(service, decided);
            return Result.DONE.now();
        }
        Status status = patch.get();
        List<Tenure.Promised> promised = allocations.promise(service.meta().key());
        if (!promises.areWritten(promised, status.pool(), cluster.state())) {
            awaitPromise(service.meta().key(), status.pool());
            return Result.DONE.now();
        }
        ServiceKey key = service.meta().key();
        Allocations deciding = allocations;
        deciding.begin(key);
        return cluster.writeStatus(service, status.addresses(), status.pool())
                .whenCompleteAsync((_, _) -> ended(deciding, key), thread)
                .thenApplyAsync(
                        written -> {
                            if (written == Written.DONE) {
                                Statuses.lost(service, status, decided).ifPresent(this::tell);
                                tellOf(service, decided);
                            }
                            return result(written);
                        },
                        thread);
    }

    private void ended(Allocations deciding, ServiceKey key) {
        deciding.end(key);
        if (deciding == allocations && deciding.isDue()) {
            loop.mark(Key.Whole.WORLD);
        }
    }

    /** The pool writes it down as soon as it has room; its answer brings the service back. */
    private void awaitPromise(ServiceKey service, String pool) {
        boolean first = promises.await(service, pool);
        remember(followed);
        if (first) {
            thread.execute(() -> askAgain(pool), PROMPTLY);
        }
    }

    private void askAgain(String pool) {
        remember(followed);
        keepPromises(pool);
    }

    /** Tells the owner once of what is written by now. The service may have gone since it was. */
    private void tellOf(Service service, Decided decided) {
        ServiceKey key = service.meta().key();
        List<Event> events = Statuses.events(service, decided);
        if (!isTold(events, key)) {
            events.forEach(this::tell);
            if (allocations.service(key).isPresent()) {
                told.put(key, events);
            }
        }
    }

    private void remark() {
        remarks.look(followed, allocations.configuration(), settings.loadBalancerClass());
        showing.ask(PROMPTLY);
    }

    private void publish() {
        AllocationSnapshot before = snapshot;
        snapshot = new AllocationSnapshot(
                Progress.SETTLED, allocations.all(), allocations.usage(), remarks.warnings(), remarks.errors());
        meters.used(snapshot.pools());
        if (before.progress() == Progress.STARTING) {
            LOG.info(
                    "started services={} pools={} adopted={}",
                    snapshot.services().size(),
                    snapshot.pools().size(),
                    snapshot.services().stream().filter(AllocationLoop::isKept).count());
        }
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
