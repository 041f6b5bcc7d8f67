package io.berth.k8s.allocation;

import io.berth.allocator.Outcome;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.AllocationSnapshot.Progress;
import io.berth.k8s.allocation.PoolBooks.Condition;
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
import io.berth.metrics.AllocationMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
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
            /** Nothing is known of what others did. */
            ALL_THERE_IS,
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
            return switch (standing) {
                case BY -> Result.DONE.now();
                case LOOKING -> key == Key.Whole.ALL_THERE_IS ? lookAtAll() : waitForThat(key);
                case DECIDING -> decideOn(key);
            };
        }

        private CompletionStage<Result> decideOn(Key key) {
            return switch (key) {
                case Key.Whole.ALL_THERE_IS -> Result.DONE.now();
                case Key.Whole.WORLD -> here(AllocationLoop.this::follow);
                case Key.Whole.LINTS -> here(AllocationLoop.this::remark);
                case Key.Whole.SHOWN -> here(AllocationLoop.this::publish);
                case Key.OfService(ServiceKey service) -> write(service);
                case Key.OfPool(String pool) -> writeBook(pool);
            };
        }

        /** It may have been for want of news that it could not be looked. */
        private CompletionStage<Result> waitForThat(Key key) {
            if (key == Key.Whole.WORLD) {
                loop.mark(Key.Whole.ALL_THERE_IS);
            }
            return Result.DONE.now();
        }

        private CompletionStage<Result> here(Runnable task) {
            task.run();
            return Result.DONE.now();
        }

        @Override
        public Place place(Key key) {
            return switch (key) {
                case Key.Whole.ALL_THERE_IS -> Place.AWAY;
                case Key.OfService _, Key.OfPool _ -> Place.AWAY;
                case Key.Whole _ -> Place.HERE;
            };
        }
    }

    /** How often lints run when services change; they look at all there is. */
    private static final Duration LINTS_OF_SERVICES = Duration.ofSeconds(1);

    /** How often they run while somebody changes the configuration, and how often what is shown is put together. */
    private static final Duration PROMPTLY = Duration.ofMillis(100);

    /** Promises that are settled stay in the book for so long, since a next one probably takes them out. */
    private static final Duration UNTIL_TIDIED = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final AllocationMeters meters;
    private final LoopThread thread;
    private final KeyedLoop<Key> loop;

    /** What this process does about services. */
    private enum Standing {
        /** Another one decides. */
        BY,
        /** It finds out how everything is. */
        LOOKING,
        DECIDING
    }

    private final AllocationSettings settings;

    // Owned by the loop's thread.
    private Standing standing = Standing.BY;
    private Allocations allocations;
    private PoolBooks books;
    private final Map<ServiceKey, List<Event>> told = new HashMap<>();
    private Remarks remarks = new Remarks();
    private final Paced lints;
    private final Paced showing;
    private ClusterState followed = ClusterState.EMPTY;

    /** Services of which something else was decided, or which are other than they were, and that have not been looked at since. */
    private final Set<ServiceKey> touched = new LinkedHashSet<>();

    /** Pools whose books are written in a while, whether they are right before then or not. */
    private final Set<String> untidy = new HashSet<>();

    private Instant waking = Instant.MAX;

    private volatile AllocationSnapshot snapshot = AllocationSnapshot.EMPTY;

    public AllocationLoop(Cluster cluster, AllocationSettings settings, AllocationMeters meters, LoopThread thread) {
        this.cluster = cluster;
        this.meters = meters;
        this.settings = settings;
        this.allocations = new Allocations(settings, cluster.writers());
        this.books = new PoolBooks(signature());
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
                snapshot = AllocationSnapshot.EMPTY;
                told.clear();
                beginAnew();
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

    /** Another process has decided until a moment ago, or does: nothing is decided before all of that is known. */
    private void beginAnew() {
        forgetAll();
        standing = Standing.LOOKING;
        loop.mark(Key.Whole.ALL_THERE_IS);
    }

    private Signature signature() {
        return switch (cluster.writers()) {
            case THIS_ONE -> new Signature.None();
            case SEVERAL ->
                new Signature.Of(Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX));
        };
    }

    private void forgetAll() {
        allocations = new Allocations(settings, cluster.writers());
        books = new PoolBooks(signature());
        remarks = new Remarks();
        followed = ClusterState.EMPTY;
        touched.clear();
        untidy.clear();
        waking = Instant.MAX;
    }

    /** Looks at all services as they are by now, after it has looked at the books. */
    private CompletionStage<Result> lookAtAll() {
        if (!cluster.unready().isEmpty()) {
            return Result.DONE.now();
        }
        PoolBooks these = books;
        these.trust(cluster.state().pools());
        return cluster.catchUp()
                .thenApplyAsync(
                        _ -> {
                            if (books == these) {
                                standing = Standing.DECIDING;
                                loop.mark(Key.Whole.WORLD);
                            }
                            return Result.DONE;
                        },
                        thread);
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
        ClusterState state = cluster.state();
        if (!cluster.unready().isEmpty() || !isAlone(state)) {
            return;
        }
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

    /** Whether nobody else decides. Otherwise this process begins anew. */
    private boolean isAlone(ClusterState state) {
        boolean alone = books.areKnown(state.pools());
        if (!alone) {
            LOG.info("another process decides, too, or did until now: looking at all services anew");
            beginAnew();
        }
        return alone;
    }

    /** Before services are told what they have, so that as a rule an address is remembered by the time it is announced. */
    private void remember(ClusterState state) {
        boolean isNews = books.shouldSay(allocations.tenures());
        if (isNews || !state.isConfiguredAs(followed)) {
            state.pools().forEach(this::keepBook);
        }
    }

    private void keepBook(IPAddressPool pool) {
        Key key = new Key.OfPool(pool.meta().name());
        switch (books.condition(pool)) {
            case RIGHT -> keepPromises(pool.meta().name());
            case UNTIDY -> {
                keepPromises(pool.meta().name());
                if (untidy.add(pool.meta().name())) {
                    thread.execute(() -> loop.mark(key), UNTIL_TIDIED);
                }
            }
            case WRONG -> loop.mark(key);
        }
    }

    private CompletionStage<Result> writeBook(String name) {
        untidy.remove(name);
        ClusterState state = cluster.state();
        Optional<IPAddressPool> pool = pool(name, state);
        if (pool.isEmpty() || !isAlone(state)) {
            return Result.DONE.now();
        }
        return books.write(pool.get(), cluster)
                .thenApplyAsync(
                        written -> {
                            if (written == Written.DONE) {
                                keepPromises(name);
                            }
                            return result(written);
                        },
                        thread);
    }

    private static Optional<IPAddressPool> pool(String name, ClusterState state) {
        return state.pools().stream()
                .filter(pool -> pool.meta().name().equals(name))
                .findFirst();
    }

    /** What the pool has written down by now can be given. Who is not among that has to wait until there is room. */
    private void keepPromises(String pool) {
        books.noLongerWaiting(pool).forEach(key -> loop.mark(new Key.OfService(key)));
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
        ServiceKey key = service.meta().key();
        Optional<IPAddressPool> pool = pool(status.pool(), cluster.state());
        if (!books.hasPromised(allocations.promised(key), pool)) {
            books.await(key, status.pool());
            pool.filter(one -> books.condition(one) == Condition.WRONG).ifPresent(this::keepBook);
            return Result.DONE.now();
        }
        return cluster.writeStatus(service, status.addresses(), status.pool())
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
        remarks.look(followed, allocations.configuration());
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
